package parity

import "sync"

// meter reports progress, one report at a time.
type meter struct {
	mu   sync.Mutex
	now  Progress
	tell func(Progress)
}

// stage begins a stage.
func (m *meter) stage(comparison string, s Stage, total int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = Progress{Comparison: comparison, Stage: s, Total: total}
	m.report()
}

// add counts records of the stage.
func (m *meter) add(records int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.Done += records
	m.report()
}

func (m *meter) report() {
	if m.tell != nil {
		m.tell(m.now)
	}
}
