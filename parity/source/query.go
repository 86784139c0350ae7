package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"tidewaiter/parity/record"
)

// Query reads the rows of a SQL query from PostgreSQL, in one read-only
// transaction with one snapshot.
type Query struct {
	ctx     context.Context
	conn    *pgx.Conn
	tx      pgx.Tx
	rows    pgx.Rows
	encoder *record.Encoder
	dates   []bool // columns of type date
	many    []bool // columns of an array type
	values  []record.Value
	buf     []byte
	number  int64
}

// OpenQuery connects to the database and starts the query. Values come in
// PostgreSQL's text form, so no number passes through floating point.
func OpenQuery(ctx context.Context, database, query string, s *record.Schema, m Mapping) (*Query, error) {
	if database == "" {
		return nil, errors.New("the plan has a query and there is no database: give --database or set DATABASE_URL")
	}
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return nil, fmt.Errorf("connecting to PostgreSQL at %s: %w", address(database), err)
	}
	q := &Query{ctx: ctx, conn: conn}
	if err := q.start(query, s, m); err != nil {
		return nil, errors.Join(fmt.Errorf("running the query at %s: %w", address(database), err), q.Close())
	}
	return q, nil
}

func (q *Query) start(query string, s *record.Schema, m Mapping) (err error) {
	q.tx, err = q.conn.BeginTx(q.ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return err
	}
	q.rows, err = q.tx.Query(q.ctx, query, pgx.QueryResultFormats{pgx.TextFormatCode})
	if err != nil {
		return err
	}
	var names []string
	for _, f := range q.rows.FieldDescriptions() {
		names = append(names, f.Name)
		q.dates = append(q.dates, f.DataTypeOID == pgtype.DateOID)
		q.many = append(q.many, q.array(f.DataTypeOID))
	}
	if len(names) == 0 {
		q.rows.Close() // an error of the first answer is known only then
		if err := q.rows.Err(); err != nil {
			return err
		}
		return errors.New("the query has no columns")
	}
	q.encoder, err = m.encoder(s, names)
	return err
}

func (q *Query) array(oid uint32) bool {
	t, ok := q.conn.TypeMap().TypeForOID(oid)
	if !ok {
		return false
	}
	_, isArray := t.Codec.(*pgtype.ArrayCodec)
	return isArray
}

// Next gives the next row.
func (q *Query) Next(row *Row) error {
	if !q.rows.Next() {
		if err := q.rows.Err(); err != nil {
			return fmt.Errorf("reading row %d of the query: %w", q.number+1, err)
		}
		return io.EOF
	}
	q.number++
	q.values = q.values[:0]
	for i, raw := range q.rows.RawValues() {
		value, err := q.value(i, raw)
		if err != nil {
			return fmt.Errorf("reading row %d of the query, column %d: %w", q.number, i+1, err)
		}
		q.values = append(q.values, value)
	}
	*row = Row{Number: q.number, Offset: -1}
	q.buf, row.Problem = q.encoder.Append(q.buf[:0], q.values)
	row.Bytes = q.buf
	return nil
}

func (q *Query) value(column int, raw []byte) (record.Value, error) {
	switch {
	case raw == nil:
		return record.Value{Null: true}, nil
	case q.many[column]:
		return parseArray(string(raw))
	case q.dates[column]: // 2025-10-01 is 20251001 in a copybook
		return record.Value{Text: strings.ReplaceAll(string(raw), "-", "")}, nil
	}
	return record.Value{Text: string(raw)}, nil
}

// parseArray reads the text form of a one-dimensional array: {a,"b c",NULL}
// (PostgreSQL documentation, 8.15.6 Array Input and Output Syntax).
func parseArray(text string) (record.Value, error) {
	v := record.Value{Many: true}
	if len(text) < 2 || text[0] != '{' || text[len(text)-1] != '}' {
		return v, fmt.Errorf("%q is not a one-dimensional array", text)
	}
	body := text[1 : len(text)-1]
	for body != "" {
		var (
			one    strings.Builder
			quoted bool
			at     int
		)
		if body[0] == '"' {
			quoted = true
			for at = 1; at < len(body) && body[at] != '"'; at++ {
				if body[at] == '\\' {
					at++
				}
				if at < len(body) {
					one.WriteByte(body[at])
				}
			}
			at++
		} else {
			for ; at < len(body) && body[at] != ','; at++ {
				one.WriteByte(body[at])
			}
		}
		if at > len(body) || at < len(body) && body[at] != ',' || strings.HasPrefix(body, "{") {
			return v, fmt.Errorf("%q is not a one-dimensional array", text)
		}
		v.List = append(v.List, record.Value{Text: one.String(), Null: !quoted && one.String() == "NULL"})
		if at == len(body) {
			break
		}
		body = body[at+1:]
	}
	return v, nil
}

// Covers lists the fields that have a column.
func (q *Query) Covers() map[int]bool { return q.encoder.Covers() }

// Digest is "": rows have no file.
func (q *Query) Digest() string { return "" }

// Close ends the transaction and the connection.
func (q *Query) Close() error {
	if q.rows != nil {
		q.rows.Close()
	}
	ctx := context.WithoutCancel(q.ctx)
	if q.tx != nil {
		_ = q.tx.Rollback(ctx) // nothing was written; the connection is closed next
	}
	return q.conn.Close(ctx)
}

// address is the host and database of a URL, without the password.
func address(database string) string {
	u, err := url.Parse(database)
	if err != nil || u.Host == "" {
		return "the given address"
	}
	return u.Host + u.Path
}
