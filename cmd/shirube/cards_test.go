package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/teams"
	"github.com/shirube/shirube/bot/transcript"
)

// gallery is a stage that notes what is said.
type gallery struct {
	transcript.Stage
	said []bot.Effect
}

func (g *gallery) Do(e bot.Event) ([]bot.Effect, bot.Answer, error) {
	said, answer, err := g.Stage.Do(e)
	g.note(said)
	if answer.Say != nil {
		g.note([]bot.Effect{{Say: answer.Say}})
	}
	return said, answer, err
}

func (g *gallery) Wake(now time.Time) ([]bot.Effect, error) {
	said, err := g.Stage.Wake(now)
	g.note(said)
	return said, err
}

func (g *gallery) note(said []bot.Effect) {
	for _, e := range said {
		if e.Say != nil {
			g.said = append(g.said, e)
		}
	}
}

// TestCardsOfEveryTranscript lays out for Teams, in every language, all that the
// transcripts say. With CARDS_OUT, a folder, the cards are written there for
// tools/cards-check.
func TestCardsOfEveryTranscript(t *testing.T) {
	t.Parallel()
	files, g := os.DirFS("../.."), ownGuide(t)
	cards := map[string]json.RawMessage{}
	for _, e := range everythingSaid(t, g, files) {
		for _, lang := range g.catalog.Languages() {
			e.Lang = lang
			card := teams.Card(g.catalog.Message(e), func(lang, key string) string { return g.catalog.Say(lang, bot.Phrase{Key: key}) })
			sum := sha256.Sum256(card)
			cards[fmt.Sprintf("%s-%s-%x", lang, strings.ReplaceAll(e.Say.Step, ".", "-"), sum[:3])] = card
			if len(card) > 20<<10 || strings.Contains(string(card), `"ui.`) || strings.Contains(string(card), "no value") {
				t.Errorf("a card of %d bytes at %s in %s: %s", len(card), e.Say.Step, lang, card)
			}
		}
	}
	if len(cards) < 200 {
		t.Errorf("%d cards only", len(cards))
	}
	if out := os.Getenv("CARDS_OUT"); out != "" {
		writeCards(t, out, cards)
	}
}

func everythingSaid(t *testing.T, g *guide, files fs.FS) []bot.Effect {
	var said []bot.Effect
	for _, script := range scripts(t, files) {
		stage := &gallery{Stage: transcript.NewPure(g.machine([]flow.Desk{{To: transcript.Desk()}}), transcript.NewCoverage())}
		if _, err := script.Play(stage, g.travel); err != nil {
			t.Fatal(err)
		}
		said = append(said, stage.said...)
	}
	return said
}

func writeCards(t *testing.T, out string, cards map[string]json.RawMessage) {
	if err := os.MkdirAll(out, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, card := range cards {
		if err := os.WriteFile(filepath.Join(out, name+".json"), card, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
