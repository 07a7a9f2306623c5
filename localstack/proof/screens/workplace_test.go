package screens_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
)

func TestAnOwnWorkplaceIsAssignedGivenFreeAndTakenBackAndSomebodyIsAway_4_f_1_4_f_2(t *testing.T) {
	o := ownOffice(t)
	holder, _ := o.with(t, "Hedy Holder", "hedy@voorbeeld.example")
	other, _ := o.with(t, "Otto Other", "otto@voorbeeld.example")
	admin := o.phone(t)
	admin.Opens("/")
	admin.SignsIn(example.Administrator)

	admin.Goes("#/floor")
	admin.Taps("0.01, free")
	admin.Taps("Somebody's own workplace…")
	admin.Fills("A colleague's e-mail address", "hedy@voorbeeld.example")
	require.Empty(t, audit(admin))
	admin.Taps("Assign")
	admin.Sees("0.01 is assigned")

	other.Goes("#/floor")
	other.Taps("List")
	other.Sees("a colleague's own")
	holder.Goes("#/floor")
	holder.Taps("0.01, your own workplace")
	holder.Taps("Give 0.01 free on this day")
	holder.Sees("0.01 is free for others on that day")
	other.Goes("#/today")
	other.Goes("#/floor")
	other.Taps("0.01, free")
	other.Settles()
	other.Taps("Reserve ")
	other.Sees("0.01 is yours")
	holder.Taps("Take 0.01 back for this day")
	holder.Sees("Somebody has 0.01 on that day already.")

	holder.Goes("#/agenda")
	holder.Sees("Your own workplace")
	require.Empty(t, audit(holder))
	holder.Taps("I am away…")
	holder.Taps("I am not there")
	holder.Sees("You are away")
	holder.Goes("#/data")
	holder.Sees("your own workplace, since")
}

func TestAZoneIsKeptForAGroupAndTheFloorSaysWhenItOpens_4_f_1(t *testing.T) {
	o := ownOffice(t)
	other, _ := o.with(t, "Otto Other", "otto@voorbeeld.example")
	admin := o.phone(t)
	admin.Opens("/")
	admin.SignsIn(example.Administrator)
	admin.Goes("#/floor")
	admin.Taps("Groups and their zones…")
	admin.Fills("New group", "Research")
	admin.Taps("Add")
	admin.Sees("Research is there")
	require.Empty(t,
		admin.Run(`[...document.querySelectorAll("label")].find(e => e.textContent === "New group").control.value`))
	admin.Fills("Days before", "1")
	admin.Taps("Keep for the group")
	admin.Sees("for Research, until 1 day before at 16:00")
	other.Goes("#/floor")
	other.Taps("A day later")
	other.Taps("A day later")
	other.Taps("List")
	other.Sees("a group's until ")
	require.LessOrEqual(t, lines(other, ".spot-row > .small"), 2, "on a phone")
}
