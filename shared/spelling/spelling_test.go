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
		"김":              {"\u1100\u1175\u11b7", "김\u3164"},
		"さくら":            {"サクラ", "ｻｸﾗ", "さくら", "サ\u200bクラ"},
		"がヴぱゃ":           {"ガゔパャ", "ｶﾞｳﾞﾊﾟｬ", "か\u3099う\u3099は\u309aャ"},
		"マリア ガルシア":       {"マリア・ガルシア", "ﾏﾘｱ･ｶﾞﾙｼｱ", "まりあ　がるしあ"},
		"葛城":             {"葛\U000e0100城", "葛\ufe00城"},
		"神田":             {"\ufa19田"},
		"أحمد":           {"احمد", "ٱحمد", "أحمـــد", "أَحْمَد", "ﺃﺣﻤﺪ"},
		"علی رضا کریمی":  {"علي رضا كريمي", "علی رضا كریمی"},
		"فاطمة":          {"فاطمه", "فاطمہ"},
		"مؤمن":           {"مومن"},
		"שלום":           {"שלומ", "שָׁלוֹם"},
		"ज़ाकिर":         {"जाकिर", "ज\u093cाकिर"},
		"ґалаґан":        {"галаган", "ҐАЛАҐАН"},
		"қасым өмір":     {"касым омір", "ҚАСЫМ ӨМІР"},
		"ali":            {"ʿAlī", "ʾAli", "‘Ali"},
		"shmuel":         {"Sh״muel", "Sh'muel"},
		"j r smith":      {"J.R. Smith", "J. R. Smith", "J．R． Smith", "J-R_Smith", "(J./R.) Smith"},
		"bill gates":     {"“Bill” Gates", "Bill, Gates"},
		"ffion":          {"ﬃon", "FFION"},
		"ivan iii":       {"Ivan Ⅲ", "IVAN III"},
		"აკაკი":          {"ᲐᲙᲐᲙᲘ"},
		"եւա":            {"ԵՒԱ", "ևա"},
		"dzeko":          {"Džeko", "ǅeko", "DŽEKO"},
		"e\u034f":        {"é", "E"},
	} {
		for _, name := range names {
			require.Equal(t, spelling.Fold(typed), spelling.Fold(name), "%q for %q", typed, name)
		}
	}
}

func TestLettersThatAreNotTheSameStayApart(t *testing.T) {
	for a, b := range map[string]string{"か": "が", "カ": "ガ", "サ": "ら", "は": "ぱ", "はは": "ばば",
		"कि": "कु", "김": "기", "王": "玉", "Ann": "Anna"} {
		require.NotEqual(t, spelling.Fold(a), spelling.Fold(b))
	}
}

func TestWhoIsLikelyMeantIsNear(t *testing.T) {
	for name, texts := range map[string][]string{
		"Łukasz Dąbrowski":     {"dabrowski lukasz", "dabrowski, łukasz", "d luk"},
		"Anne-Marie de Visser": {"annemarie", "AnneMarie de Visser", "visser anne", "devisser", "de-visser"},
		"Annemarie Visser":     {"anne marie", "anne-marie visser"},
		"Sinéad O’Brien":       {"o brien", "O. Brien"},
		"Jan van den Berg":     {"vandenberg", "berg jan", "van berg"},
		"Ian McDonald":         {"mc donald"},
		"Marcel·la Gal·la":     {"marcella", "galla"},
		"王伟":                   {"王 伟", "王・伟"},
		"علی\u200cرضا":         {"علی رضا"},
		"Jörg Müller":          {"joerg mueller", "mueller", "jorg mueller", "muel", "jo mu"},
		"Joerg Mueller":        {"jörg müller", "muller", "mull"},
		"Søren Kjær":           {"soeren", "kjaer sören"},
		"Åse Aagaard":          {"aase", "ågård"},
		"J.R. Smith":           {"jr smith"},
	} {
		for _, text := range texts {
			require.True(t, spelling.Near(spelling.Fold(name), spelling.Fold(text)), "%s for %s", text, name)
		}
	}
	for name, text := range map[string]string{
		"Łukasz Dąbrowski": "dabrowski anna", "Jörg Müller": "moller", "Anna Visser": "nna", "Jan Berg": "bergman jan",
		"王伟": "伟王",
	} {
		require.False(t, spelling.Near(spelling.Fold(name), spelling.Fold(text)), "%s for %s", text, name)
	}
}

func TestTwoLettersAreEnoughOrOneThatIsAWordOrASyllable(t *testing.T) {
	for _, enough := range []string{"an", "王", "김", "か", "カ", "ሀ", "ꀀ", "de"} {
		require.True(t, spelling.Enough(spelling.Fold(enough)), enough)
	}
	for _, few := range []string{"A. ", "・", "ー", "a.", "", " ", "a", "é",
		"e\u0301", "ł", "'", " '’ ", "a'", "a-", "ж", "א", "\u200d"} {
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
