package statistics

import "math"

// bounds gives the least and the greatest value of want·x where rows·x = sums and x is not below zero.
func bounds(rows [][]float64, sums, want []float64) (least, most float64) {
	negative := make([]float64, len(want))
	for i, v := range want {
		negative[i] = -v
	}
	return -greatest(rows, sums, negative), greatest(rows, sums, want)
}

const tiny = 1e-9

// greatest is the simplex method in two phases, with the rule that never goes round in circles.
func greatest(rows [][]float64, sums, want []float64) float64 {
	n, m := len(want), len(rows)
	// The tableau: a line for each equation with an artificial variable of its own, the value at the end.
	tableau, basis := make([][]float64, m), make([]int, m)
	for i := range rows {
		tableau[i] = make([]float64, n+m+1)
		copy(tableau[i], rows[i])
		tableau[i][n+i], tableau[i][n+m], basis[i] = 1, sums[i], n+i
	}
	phase1 := make([]float64, n+m)
	for i := n; i < n+m; i++ {
		phase1[i] = -1
	}
	climb(tableau, basis, phase1, n+m)
	for i, b := range basis { // an artificial variable that stayed, at zero, makes room for a real one
		for j := 0; b >= n && j < n; j++ {
			if math.Abs(tableau[i][j]) > tiny {
				pivot(tableau, basis, i, j)
				break
			}
		}
	}
	phase2 := append(append([]float64{}, want...), make([]float64, m)...)
	return climb(tableau, basis, phase2, n)
}

// climb improves the value of the aim until nothing does, using the first allowed variables alone.
func climb(tableau [][]float64, basis []int, aim []float64, allowed int) float64 {
	for {
		enter := -1
		for j := 0; j < allowed && enter < 0; j++ {
			gain := aim[j]
			for i, b := range basis {
				gain -= aim[b] * tableau[i][j]
			}
			if gain > tiny {
				enter = j
			}
		}
		if enter < 0 {
			value := 0.0
			for i, b := range basis {
				value += aim[b] * tableau[i][len(tableau[i])-1]
			}
			return value
		}
		leave, ratio := -1, math.Inf(1)
		for i := range tableau {
			if tableau[i][enter] > tiny {
				r := tableau[i][len(tableau[i])-1] / tableau[i][enter]
				if r < ratio-tiny || r < ratio+tiny && leave >= 0 && basis[i] < basis[leave] {
					leave, ratio = i, r
				}
			}
		}
		if leave < 0 {
			return math.Inf(1)
		}
		pivot(tableau, basis, leave, enter)
	}
}

func pivot(tableau [][]float64, basis []int, row, column int) {
	p := tableau[row][column]
	for j := range tableau[row] {
		tableau[row][j] /= p
	}
	for i := range tableau {
		if f := tableau[i][column]; i != row && f != 0 {
			for j := range tableau[i] {
				tableau[i][j] -= f * tableau[row][j]
			}
		}
	}
	basis[row] = column
}
