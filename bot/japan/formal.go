package japan

// Formal tells whether a company's name has a legal form in Japanese or
// English, as registered names have. A sentence hardly ever has one.
func Formal(company string) bool {
	if _, found := parse(company); found {
		return true
	}
	_, ends := englishForm(company)
	return ends != nil
}
