package slack

// Scopes are the bot's permissions, no wider than what it does.
func Scopes() []string {
	return []string{
		"channels:history", // the staff's answers in threads of the distributor's channel
		"chat:write",       // every message
		"commands",         // /mpn
		"groups:history",   // as channels:history, where that channel is private
		"im:history",       // what clerks write
		"im:write",         // a direct message to a clerk who has not written yet
		"users:read",       // name and language
	}
}

// Events are the events the bot has an ear for.
func Events() []string {
	return []string{"app_home_opened", "app_uninstalled", "message.channels", "message.groups", "message.im", "tokens_revoked"}
}
