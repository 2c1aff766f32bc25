package teams

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"image"
)

// packed is a file of the app package: an icon, or what is written as JSON.
type packed struct {
	name string
	json any
	icon image.Image
}

func (p packed) data() ([]byte, error) {
	if p.icon != nil {
		return encodePNG(p.icon)
	}
	data, err := json.MarshalIndent(p.json, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", p.name, err)
	}
	return append(data, '\n'), nil
}

// pack is a zip of files. They have no times: the same files are the same zip.
func pack(files []packed) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		data, err := f.data()
		if err != nil {
			return nil, err
		}
		entry, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", f.name, err)
		}
		if _, err := entry.Write(data); err != nil {
			return nil, fmt.Errorf("pack %s: %w", f.name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack app: %w", err)
	}
	return out.Bytes(), nil
}
