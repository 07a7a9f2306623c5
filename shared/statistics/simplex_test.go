package statistics

import "math"

// bounds gives the least and the greatest value of want·x where rows·x = sums and x is not below zero.
func bounds(rows [][]float64, sums, want []float64) (least, most float64) {
	s := solve(rows, sums, len(want))
	for sign, found := range map[float64]*float64{-1: &least, 1: &most} {
		if x, bounded := s.climbTo(want, sign); bounded {
			*found = product(want, x)
		} else {
			*found = math.Inf(int(sign))
		}
	}
	return least, most
}

func product(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

const tiny = 1e-9

// A solver finds the values x, not below zero, with rows·x = sums for which something is least or greatest: the
// simplex method in two phases, with the rule that never goes round in circles. What it found is where it starts
// anew.
type solver struct {
	rows    [][]float64
	sums    []float64
	tableau [][]float64 // a line for each equation with an artificial variable of its own, the value at the end
	basis   []int
	n       int
}

func solve(rows [][]float64, sums []float64, n int) *solver {
	m := len(rows)
	s := &solver{rows, sums, make([][]float64, m), make([]int, m), n}
	for i := range rows {
		s.tableau[i] = make([]float64, n+m+1)
		copy(s.tableau[i], rows[i])
		s.tableau[i][n+i], s.tableau[i][n+m], s.basis[i] = 1, sums[i], n+i
	}
	phase1 := make([]float64, n+m)
	for i := n; i < n+m; i++ {
		phase1[i] = -1
	}
	climb(s.tableau, s.basis, phase1, n+m)
	for i, b := range s.basis { // an artificial variable that stayed, at zero, makes room for a real one
		for j := 0; b >= n && j < n; j++ {
			if math.Abs(s.tableau[i][j]) > tiny {
				pivot(s.tableau, s.basis, i, j)
				break
			}
		}
	}
	return s
}

// climbTo gives values for which sign·want·x is greatest, if anything is.
func (s *solver) climbTo(want []float64, sign float64) (x []float64, bounded bool) {
	aim := make([]float64, s.n+len(s.basis))
	for i, v := range want {
		aim[i] = sign * v
	}
	bounded = climb(s.tableau, s.basis, aim, s.n)
	x = make([]float64, s.n)
	for i, b := range s.basis {
		if b < s.n {
			x[b] = s.tableau[i][len(s.tableau[i])-1]
		}
	}
	for i, row := range s.rows {
		if math.Abs(product(row, x)-s.sums[i]) > 1e-6 {
			panic("the solver has gone astray")
		}
	}
	return x, bounded
}

// climb improves the value of the aim until nothing does, using the first allowed variables alone, and reports
// whether there is an end to it.
func climb(tableau [][]float64, basis []int, aim []float64, allowed int) (bounded bool) {
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
			return true
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
			return false
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
