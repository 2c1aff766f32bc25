package teams

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
)

// The sizes of the package's icons, in pixels.
// https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons
const (
	colorSize   = 192
	outlineSize = 32
)

// shape is an area between lines: outer and inner ones, in a square of 32.
type shape struct {
	color color.Color
	lines lines
}

// lines are closed, point after point.
type lines = [][][2]float64

// The signpost is a post with two boards that point either way.
func upper() lines { return lines{{{7, 5}, {22, 5}, {27, 9.5}, {22, 14}, {7, 14}}} }
func lower() lines { return lines{{{25, 16}, {10, 16}, {5, 20.5}, {10, 25}, {25, 25}}} }

// colorIcon is the signpost on a blue ground.
func colorIcon() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, colorSize, colorSize))
	draw.Draw(img, img.Bounds(), image.NewUniform(color.NRGBA{0x1f, 0x4e, 0x79, 0xff}), image.Point{}, draw.Src)
	paint(img, 132,
		shape{color.NRGBA{0xb9, 0xcd, 0xe0, 0xff}, lines{{{14.5, 2}, {17.5, 2}, {17.5, 30}, {14.5, 30}}}},
		shape{color.NRGBA{0xff, 0xc8, 0x3d, 0xff}, upper()},
		shape{color.White, lower()})
	return img
}

// outlineIcon is the signpost in white lines on nothing.
func outlineIcon() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, outlineSize, outlineSize))
	paint(img, outlineSize,
		shape{color.White, lines{
			{{15, 1}, {17, 1}, {17, 5}, {15, 5}},
			{{15, 14}, {17, 14}, {17, 16}, {15, 16}},
			{{15, 25}, {17, 25}, {17, 31}, {15, 31}},
		}},
		shape{color.White, append(lines{{{9, 7}, {21.2, 7}, {24, 9.5}, {21.2, 12}, {9, 12}}}, upper()...)},
		shape{color.White, append(lines{{{23, 18}, {10.8, 18}, {8, 20.5}, {10.8, 23}, {23, 23}}}, lower()...)})
	return img
}

// paint draws shapes in the middle of an image, their square being so many
// pixels wide.
func paint(img draw.Image, wide float64, shapes ...shape) {
	bounds := img.Bounds()
	scale, margin := wide/32, (float64(bounds.Dx())-wide)/2
	for _, s := range shapes {
		mask := image.NewAlpha(bounds)
		for y := range bounds.Dy() {
			for x := range bounds.Dx() {
				mask.SetAlpha(x, y, color.Alpha{cover(s, (float64(x)-margin)/scale, (float64(y)-margin)/scale, 1/scale)})
			}
		}
		draw.DrawMask(img, bounds, image.NewUniform(s.color), image.Point{}, mask, image.Point{}, draw.Over)
	}
}

// samples is how many points of a pixel are looked at in each direction.
const samples = 8

// cover is how much of a pixel a shape covers, of 255.
func cover(s shape, x, y, size float64) uint8 {
	inside := 0
	for i := range samples {
		for j := range samples {
			if s.holds(x+(float64(i)+0.5)*size/samples, y+(float64(j)+0.5)*size/samples) {
				inside++
			}
		}
	}
	return uint8(inside * 255 / (samples * samples))
}

// holds tells whether an odd number of lines lie left of a point.
func (s shape) holds(x, y float64) bool {
	odd := false
	for _, line := range s.lines {
		for i, a := range line {
			b := line[(i+1)%len(line)]
			if (a[1] > y) != (b[1] > y) && x > a[0]+(y-a[1])/(b[1]-a[1])*(b[0]-a[0]) {
				odd = !odd
			}
		}
	}
	return odd
}

func encodePNG(img image.Image) ([]byte, error) {
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil, fmt.Errorf("draw icon: %w", err)
	}
	return out.Bytes(), nil
}
