// Package shared is the building: each folder in it is a room with one noun, its rules and its use cases, from typed
// input to typed output. A request passes functions/<flow>/main.go, shared/web or shared/trigger, one room, and
// shared/table. It holds no code of its own, only the test of the rules of the house.
package shared
