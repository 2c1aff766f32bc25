package slack

import (
	slackapi "github.com/slack-go/slack"

	"github.com/shirube/shirube/bot"
)

// home is the Home tab: the same overview, its buttons leading into the
// conversation.
func (p *Platform) home(m bot.Message) slackapi.HomeTabViewRequest {
	return slackapi.HomeTabViewRequest{Type: slackapi.VTHomeTab, Blocks: slackapi.Blocks{BlockSet: p.blocks(m)}}
}
