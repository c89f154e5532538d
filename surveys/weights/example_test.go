package weights_test

import (
	"fmt"

	"diapason/surveys/weights"
)

// Sex and age together, then the sector: 120 answers of a territory where the
// census counts as many people in every cell.
func ExampleRake() {
	var sex, age, sector []uint8
	for i := range 120 {
		sex = append(sex, uint8(min(i%3, 1))) // two answers in three are women's
		age = append(age, uint8(i%2))
		sector = append(sector, uint8(i/70))
	}
	both, err := weights.Cross(sex, age, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	sexAndAge := weights.Margin{Name: "sexe et âge", Ordered: true, Codes: both, Cells: []weights.Cell{
		{Label: "Hommes de moins de 45 ans", Group: "hommes", Population: 500},
		{Label: "Hommes de 45 ans ou plus", Group: "hommes", Population: 500},
		{Label: "Femmes de moins de 45 ans", Group: "femmes", Population: 500},
		{Label: "Femmes de 45 ans ou plus", Group: "femmes", Population: 500},
	}}
	place := weights.Margin{Name: "secteur", Codes: sector, Cells: []weights.Cell{
		{Label: "Nord", Population: 1000}, {Label: "Sud", Population: 1000},
	}}
	result, err := weights.Rake(120, []weights.Margin{sexAndAge, place}, weights.Usual())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(result.Sentence)
	// Output: Réponses redressées sur « sexe et âge » et « secteur ». Pour la précision, 120 réponses comptent comme 103 (effet de plan : 1,16).
}
