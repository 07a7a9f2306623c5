package spelling_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/iotspot/iotspot/shared/spelling"
)

func TestANameIsFoundHoweverItIsTyped(t *testing.T) {
	for typed, names := range map[string][]string{
		"lukasz dabrowski": {"Łukasz Dąbrowski", "LUKASZ DĄBROWSKI", "Łukasz Da\u0328browski",
			"Łukasz\u00a0Dąbrowski"},
		"o'brien":        {"O’Brien", "O'Brien", "OʼBrien", "O`Brien", "O´Brien", "O＇Brien", "OBrien"},
		"jose nunez":     {"José Núñez", "Jose\u0301 Nu\u0301n\u0303ez", "JOSÉ  NÚÑEZ"},
		"strasse":        {"Straße", "STRASSE", "STRAẞE"},
		"soren aero":     {"Søren Ærø"},
		"istanbul":       {"İstanbul", "ıstanbul", "ISTANBUL"},
		"thordur gudrun": {"Þórður Guðrún"},
		"dung nguyen":    {"Dũng Nguyễn", "đũng NGUYỄN"},
		"anne marie":     {"Anne-Marie", "Anne‑Marie", "Anne–Marie"},
		"αθηνα":          {"Αθήνα", "ΑΘΗΝΑ"},
		"οδυσσευσ":       {"Οδυσσεύς", "ΟΔΥΣΣΕΥΣ"},
		"алена":          {"Алёна", "АЛЁНА"},
		"משה":            {"מֹשֶׁה"},
		"محمد":           {"مُحَمَّد"},
		"ann":            {"Ａｎｎ", "A\u200dnn"},
		"カナ":             {"ｶﾅ", "カナ"},
		"김":              {"\u1100\u1175\u11b7"},
	} {
		for _, name := range names {
			require.Equal(t, spelling.Fold(typed), spelling.Fold(name), "%q for %q", typed, name)
		}
	}
}

func TestLettersThatAreNotTheSameStayApart(t *testing.T) {
	for a, b := range map[string]string{"か": "が", "はは": "ばば", "कि": "कु", "김": "기", "王": "玉", "Ann": "Anna"} {
		require.NotEqual(t, spelling.Fold(a), spelling.Fold(b))
	}
}

func TestTwoLettersAreEnoughOrOneThatIsAWordOrASyllable(t *testing.T) {
	for _, enough := range []string{"an", "A. ", "王", "김", "か", "カ", "ሀ", "ꀀ", "de"} {
		require.True(t, spelling.Enough(spelling.Fold(enough)), enough)
	}
	for _, few := range []string{"", " ", "a", "é", "e\u0301", "ł", "'", " '’ ", "a'", "a-", "ж", "א", "\u200d"} {
		require.False(t, spelling.Enough(spelling.Fold(few)), "%q", few)
	}
}

func TestFoldingIsTheSameForEveryFormOfATextAndChangesNothingTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		folded := spelling.Fold(text)
		require.Equal(t, folded, spelling.Fold(folded))
		for _, form := range []norm.Form{norm.NFC, norm.NFD} {
			require.Equal(t, folded, spelling.Fold(form.String(text)))
		}
		require.True(t, spelling.Same(norm.NFC.String(text), norm.NFD.String(text)))
	})
}

func TestOneFormIsKeptOfEachText(t *testing.T) {
	require.Equal(t, "Caf\u00e9", spelling.Canonical("Cafe\u0301"))
	require.True(t, spelling.Same("Cafe\u0301 X", "CAFÉ x"))
	for _, space := range []string{"\u00a0", "\u202f", "\u3000", "\u2007", "\u2000", "\u1680"} {
		require.Equal(t, "Caf\u00e9 X", spelling.Canonical("Cafe\u0301"+space+"X"), "%q", space)
	}
	require.False(t, spelling.Same("Cafe", "Café"))
	require.True(t, spelling.Lost("Caf\ufffd"))
	require.False(t, spelling.Lost("Café"))
}
