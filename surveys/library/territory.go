package library

import (
	"fmt"

	"diapason/surveys"
	"diapason/surveys/territory"
)

// CreusotMontceau is the communauté urbaine Creusot Montceau: 34 communes and
// seven sectors. Each of the two cities is one; the other communes go with the
// town they lean on, by neighbourhood and valley, and no sector has less than
// 5,000 inhabitants: the villages around Le Creusot; Montchanin and Torcy with
// the Dheune side; Saint-Vallier and Sanvignes, west of Montceau; Blanzy with
// the heights of Mont-Saint-Vincent, to the east; the lower Bourbince, south.
func CreusotMontceau() (surveys.Territory, error) {
	return assemble("CU Creusot Montceau", []string{"247100290"}, []surveys.Sector{
		{ID: "creusot", Name: "Le Creusot", Communes: []string{"71153"}},
		{ID: "couronne-creusot", Name: "Autour du Creusot", Communes: []string{
			"71059", "71309", "71282", "71479", "71413", "71482", "71468", "71038", "71103"}},
		{ID: "montchanin-torcy", Name: "Montchanin, Torcy et la Dheune", Communes: []string{
			"71310", "71540", "71187", "71436", "71412", "71435", "71321", "71347", "71191"}},
		{ID: "montceau", Name: "Montceau-les-Mines", Communes: []string{"71306"}},
		{ID: "saint-vallier-sanvignes", Name: "Saint-Vallier et Sanvignes", Communes: []string{"71486", "71499", "71390"}},
		{ID: "blanzy-mont-saint-vincent", Name: "Blanzy et Mont-Saint-Vincent", Communes: []string{
			"71040", "71222", "71278", "71286", "71320", "71477", "71465"}},
		{ID: "bourbince-sud", Name: "Sud de la Bourbince", Communes: []string{"71132", "71212", "71346", "71356"}},
	})
}

// Comminges is the Pays Comminges Pyrénées: the 235 communes of its three
// communautés de communes, each of them one sector, since a village has only
// some 150 inhabitants.
func Comminges() (surveys.Territory, error) {
	t, err := assemble("Pays Comminges Pyrénées", []string{"200072643", "200073146", "200072635"}, nil)
	t.Kind = "PETR"
	return t, err
}

// assemble makes a territory of whole intercommunalités. Without sectors, each
// intercommunalité is one.
func assemble(name string, sirens []string, sectors []surveys.Sector) (surveys.Territory, error) {
	france, err := territory.Load()
	if err != nil {
		return surveys.Territory{}, fmt.Errorf("library: territory %s: %w", name, err)
	}
	t := surveys.Territory{Name: name, Source: france.Source(), Sectors: sectors}
	for _, siren := range sirens {
		group, ok := france.EPCI(siren)
		if !ok {
			return surveys.Territory{}, fmt.Errorf("library: territory %s: no intercommunalité has the SIREN %s", name, siren)
		}
		addGroup(&t, france, group)
		if sectors == nil {
			t.Sectors = append(t.Sectors, surveys.Sector{ID: group.Code, Name: group.Name, Communes: group.Communes})
		}
	}
	if len(sirens) == 1 {
		t.Code = sirens[0]
	}
	return t, nil
}

func addGroup(t *surveys.Territory, france *territory.France, group territory.Group) {
	t.Kind = group.Kind
	for _, code := range group.Communes {
		c, ok := france.Commune(code)
		if !ok { // a group only has communes of the same list
			continue
		}
		t.Department, t.Region = c.Department, c.Region
		t.Communes = append(t.Communes, surveys.Commune{
			Code: c.Code, Name: c.Name, PostalCodes: c.PostalCodes, Population: c.Population,
		})
	}
}
