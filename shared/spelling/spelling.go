// Package spelling compares what people write: the same name can be typed in more than one way, and a name that is
// looked for is seldom typed as its owner writes it.
package spelling

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Canonical is the one form in which text is kept: Unicode's NFC, since an é that was typed as a letter and an accent
// is the é that was typed as one, with a plain space for each other one, as the wider and those that don't break.
func Canonical(text string) string { return strings.Map(plainSpace, norm.NFC.String(text)) }

func plainSpace(r rune) rune {
	if unicode.Is(unicode.Zs, r) {
		return ' '
	}
	return r
}

// Same tells whether two names are one in any case, also where one was stored before its form was canonical.
func Same(a, b string) bool { return strings.EqualFold(Canonical(a), Canonical(b)) }

// Key is the same for names that are the Same, and for no others.
func Key(name string) string { return strings.Map(anyCase, Canonical(name)) }

// anyCase is the first of the characters that differ in case alone.
func anyCase(r rune) rune {
	first := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		first = min(first, next)
	}
	return first
}

// Lost tells whether characters of a text were lost on the way: U+FFFD stands where bytes could not be read.
func Lost(text string) bool { return strings.ContainsRune(text, utf8.RuneError) }

// Fold is what two spellings of a name have in common for whoever looks for it: letters without case, accents and
// apostrophes, either kana as hiragana, and words with one space between them, whatever else parted them. Marks that
// are letters of their own, as the vowels of Indic scripts and the voicing of kana, stay.
func Fold(text string) string {
	text = strings.Map(withoutApostrophes, Canonical(text)) // before ´ becomes a blank and an accent
	decomposed := norm.NFKD.String(strings.ToLower(norm.NFKD.String(text)))
	var folded strings.Builder
	for at, r := range decomposed {
		switch plain, whole := undecomposed[r]; {
		case whole:
			folded.WriteString(plain)
		case withoutApostrophes(r) < 0 || unicode.In(r, unseen...) || accent(decomposed[at:]):
		case unicode.IsPunct(r):
			folded.WriteByte(' ')
		default:
			folded.WriteRune(hiragana(r))
		}
	}
	return norm.NFC.String(strings.Join(strings.Fields(folded.String()), " "))
}

// unseen are what nobody types and no font shows: joiners, and what chooses among the shapes of one character, as of
// those in Japanese family names.
var unseen = []*unicode.RangeTable{unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point}

// hiragana is the same syllable as a katakana: the two stand in one order.
func hiragana(r rune) rune {
	if r >= 'ァ' && r <= 'ヶ' || r == 'ヽ' {
		return r - ('ァ' - 'ぁ')
	}
	return r
}

// accent tells whether a text begins with a mark that is put upon a letter, by its combining class: overlays, the
// nuktas, which few type, the points of Hebrew and Arabic, and what is attached above, below or beside (UAX #44,
// table 15).
func accent(text string) bool {
	class := norm.NFKD.PropertiesString(text).CCC()
	return class == 1 || class == 7 || class >= 10 && class <= 36 || class >= 200
}

// apostrophes are what keyboards and hands make of one, or of the sounds that other scripts have between letters.
const apostrophes = "'`´‘’‛′″ʹʺʻʼʽʾʿˊˋ՚׳״ꞌ＇"

func withoutApostrophes(r rune) rune {
	if strings.ContainsRune(apostrophes, r) {
		return -1
	}
	return r
}

// undecomposed are the small letters that Unicode doesn't take apart, as who doesn't have them types them, those of
// one sound that keyboards of one script differ in, those with another shape at a word's end, and the two
// that full case folding makes others of. The rest of that is in the decomposition, so that package cases, whose
// tables of languages every function would start with, isn't needed.
var undecomposed = map[rune]string{
	'ß': "ss", 'ς': "σ", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th",
	'ı': "i", 'ħ': "h", 'ŧ': "t", 'ŋ': "n", 'ĸ': "k", 'ə': "e", 'ǝ': "e", 'ɛ': "e", 'ɔ': "o",
	'ƀ': "b", 'ɓ': "b", 'ƈ': "c", 'ȼ': "c", 'ɖ': "d", 'ɗ': "d", 'ɇ': "e", 'ƒ': "f", 'ǥ': "g",
	'ɠ': "g", 'ɨ': "i", 'ɉ': "j", 'ƙ': "k", 'ƚ': "l", 'ɲ': "n", 'ɵ': "o", 'ƥ': "p", 'ɍ': "r",
	'ƭ': "t", 'ʈ': "t", 'ʉ': "u", 'ʋ': "v", 'ƴ': "y", 'ɏ': "y", 'ƶ': "z",
	'ґ': "г", 'ғ': "г", 'қ': "к", 'ҝ': "к", 'ң': "н", 'ү': "у", 'ұ': "у", 'ө': "о", 'һ': "х", 'ҳ': "х", 'ә': "а",
	'ҷ': "ч", 'ҹ': "ч",
	'ך': "כ", 'ם': "מ", 'ן': "נ", 'ף': "פ", 'ץ': "צ",
	'ٱ': "ا", 'ى': "ي", 'ی': "ي", 'ک': "ك", 'ة': "ه", 'ہ': "ه", 'ھ': "ه", 'ە': "ه", 'ـ': "",
}

// whole are the scripts in which one character is a word or a syllable.
var whole = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo,
	unicode.Yi, unicode.Ethiopic, unicode.Cherokee, unicode.Canadian_Aboriginal, unicode.Vai, unicode.Tangut,
	unicode.Nushu}

// Enough tells whether a folded text is enough to look for somebody: two letters of an alphabet do, or one character
// that is a word or a syllable.
func Enough(folded string) bool {
	letters := strings.ReplaceAll(folded, " ", "")
	return utf8.RuneCountInString(letters) >= 2 ||
		strings.ContainsFunc(letters, func(r rune) bool { return unicode.In(r, whole...) })
}

// Near tells whether a folded text is likely to mean a name that doesn't have it as it stands: its words begin the
// name's in another order or with some left out, they are written together or apart, or one of the two has ae for ä,
// oe for ö or ø, ue for ü, aa for å.
func Near(name, text string) bool {
	return likely(strings.Fields(name), strings.Fields(text)) ||
		likely(strings.Fields(twoLetters.Replace(name)), strings.Fields(twoLetters.Replace(text)))
}

var twoLetters = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u", "aa", "a")

func likely(name, words []string) bool {
	together := strings.Join(words, "")
	for i := range name {
		if strings.HasPrefix(strings.Join(name[i:], ""), together) {
			return true
		}
	}
	return !slices.ContainsFunc(words, func(word string) bool {
		return !slices.ContainsFunc(name, func(begun string) bool { return strings.HasPrefix(begun, word) })
	})
}
