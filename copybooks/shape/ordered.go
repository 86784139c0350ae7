package shape

import (
	"bytes"
	"encoding/json"
)

// ordered is a JSON object whose members keep their order: the copybook's.
type ordered []entry

type entry struct {
	key   string
	value any
}

// MarshalJSON writes the members one after another.
func (o ordered) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, e := range o {
		if i > 0 {
			out.WriteByte(',')
		}
		key, err := json.Marshal(e.key)
		if err != nil {
			return nil, err
		}
		out.Write(append(key, ':'))
		value, err := json.Marshal(e.value)
		if err != nil {
			return nil, err
		}
		out.Write(value)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
