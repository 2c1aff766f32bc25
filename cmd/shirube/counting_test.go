package main

import "regexp"

// stepsIn are the steps that texts of the counting flow name; a text that names
// none stands as it is.
func stepsIn(texts []string) []string {
	step := regexp.MustCompile(`手順 \d+/40`)
	var steps []string
	for _, text := range texts {
		if found := step.FindString(text); found != "" {
			text = found
		}
		steps = append(steps, text)
	}
	return steps
}
