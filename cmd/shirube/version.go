package main

import (
	"fmt"
	"runtime/debug"
)

// version is set at build time with -ldflags "-X main.version=…".
var version string

type versionCmd struct{}

// Run prints the version, the commit and the Go release.
func (versionCmd) Run(e world) error {
	info, _ := debug.ReadBuildInfo()
	commit, goVersion := "", ""
	if info != nil {
		goVersion = info.GoVersion
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = " " + s.Value
			}
		}
	}
	_, err := fmt.Fprintf(e.Out, "shirube %s%s %s\n", versionName(), commit, goVersion)
	return err
}

// versionName is the version alone.
func versionName() string {
	if version != "" {
		return version
	}
	if info, found := debug.ReadBuildInfo(); found {
		return info.Main.Version
	}
	return "unknown"
}
