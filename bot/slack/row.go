package slack

import slackapi "github.com/slack-go/slack"

// row is a block of buttons. The SDK's own has the JSON of its elements made
// apart and then checked and copied, which costs as much as all the rest.
type row struct {
	Type     slackapi.MessageBlockType `json:"type"`
	BlockID  string                    `json:"block_id"`
	Elements []slackapi.BlockElement   `json:"elements"`
}

func newRow(id string, elements []slackapi.BlockElement) row {
	return row{slackapi.MBTAction, id, elements}
}

// BlockType implements the SDK's Block.
func (r row) BlockType() slackapi.MessageBlockType { return r.Type }

// ID implements the SDK's Block.
func (r row) ID() string { return r.BlockID }
