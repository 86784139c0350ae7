package ledger

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the schema "tidewaiter" of the database up to date and loads
// the chart of accounts. It connects as the schema's owner, may run again at any
// time, and two of them at once wait for each other.
func Migrate(ctx context.Context, ownerURL string) (err error) {
	config, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return fmt.Errorf("reading the database address: %w", err)
	}
	db := stdlib.OpenDB(*config)
	defer func() { err = errors.Join(err, db.Close()) }()
	l := &Ledger{address: address(config)}
	if err := migrate(ctx, db); err != nil {
		return l.explain("migrating the ledger", err)
	}
	if err := loadAccounts(ctx, db); err != nil {
		return l.explain("loading the chart of accounts", err)
	}
	return nil
}

func migrate(ctx context.Context, db *sql.DB) error {
	if err := makeSchema(ctx, db); err != nil {
		return err
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files,
		goose.WithTableName("tidewaiter.schema_version"),
		goose.WithSessionLocker(locker),
		goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// makeSchema makes the schema that the version table lives in. IF NOT EXISTS
// alone fails when two sessions make it at once.
func makeSchema(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('tidewaiter schema', 0))`); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `CREATE SCHEMA IF NOT EXISTS tidewaiter`); err != nil {
		return err
	}
	return tx.Commit()
}

// loadAccounts adds the accounts that are new in the chart and takes over names
// and citations. An account's code, class and disposition never change: postings
// refer to them.
func loadAccounts(ctx context.Context, db *sql.DB) error {
	chart, err := DefaultChart()
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, `LOCK TABLE tidewaiter.account IN SHARE ROW EXCLUSIVE MODE`); err != nil {
		return err
	}
	for _, a := range chart.Accounts() {
		// The existing row is looked for first: ON CONFLICT would use up an id.
		done, err := tx.ExecContext(ctx, `UPDATE tidewaiter.account SET name = $2, citation = $3, verified = $4
			WHERE code = $1 AND class IS NOT DISTINCT FROM nullif($5, '') AND disposition IS NOT DISTINCT FROM nullif($6, '') AND side = $7`,
			a.Code, a.Name, a.Citation, a.Verified, string(a.Class), a.disposition(), a.Side)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 1 {
			if err != nil {
				return err
			}
			continue
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO tidewaiter.account (code, name, class, disposition, side, memorandum, citation, verified)
			VALUES ($1, $2, nullif($3, ''), nullif($4, ''), $5, $6, $7, $8)`,
			a.Code, a.Name, string(a.Class), a.disposition(), a.Side, a.Memorandum(), a.Citation, a.Verified); err != nil {
			return fmt.Errorf("account %s: %w; its class, disposition or side in the database differs from the chart's", a.Code, err)
		}
	}
	return tx.Commit()
}
