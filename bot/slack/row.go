package slack

import slackapi "github.com/slack-go/slack"

// row is a block of buttons or of small print. The SDK's own have the JSON of
// their elements made apart and then checked and copied, which costs as much as
// all the rest.
type row[E any] struct {
	Type     slackapi.MessageBlockType `json:"type"`
	BlockID  string                    `json:"block_id"`
	Elements []E                       `json:"elements"`
}

// BlockType implements the SDK's Block.
func (r row[E]) BlockType() slackapi.MessageBlockType { return r.Type }

// ID implements the SDK's Block.
func (r row[E]) ID() string { return r.BlockID }
