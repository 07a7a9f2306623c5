package day

import (
	"context"
	"fmt"
	"strings"
)

// office is the head office as a facility manager has it in a sheet: seven desks and a room, sensors on three of
// them. What belongs to the location is said in its first row only.
func office() string {
	var file strings.Builder
	fmt.Fprintln(&file, "location,address,latitude,longitude,time_zone,opens,closes,floor,level,zone,sector,"+
		"spot,category,type,x,y,capacity,features,sensor,model")
	first := `"Stationsplein 1, Utrecht",52.0894,5.1101,Europe/Amsterdam,07:00,22:00`
	for i := range 7 {
		sensor, model := "", ""
		if i < 3 {
			sensor, model = sensorOf(i), []string{"milesight-vs341", "browan-tbms100", "own"}[i]
		}
		fmt.Fprintf(&file, "Head office,%s,Third floor,3,Quiet,North,3.%02d,workplace,desk,0.%d,0.5,,Dock,%s,%s\n",
			first, i+1, i+1, sensor, model)
		first = ",,,,,"
	}
	fmt.Fprintf(&file, "Head office,%s,Third floor,3,Meeting,South,Room 1,room,meeting_room,0.9,0.9,8,Dock | "+
		"Hearing loop,,\n", first)
	return file.String()
}

// builds loads the head office from a file, after one with a mistake, and makes the annex by hand.
func (d *Day) builds(ctx context.Context) {
	const mediaType = "text/csv"
	d.call(ctx, 200, d.admin(), "PUT", "/features",
		object{"features": []object{{"name": "Dock"}, {"name": "Hearing loop"}}})
	d.call(ctx, 200, d.admin(), "GET", "/features", nil)
	d.send(ctx, 400, d.admin(), "POST", "/business-account/import", mediaType,
		[]byte(strings.Replace(office(), "desk,0.3", "sofa,3.0", 1)))
	d.Say("  …its sensors are not the office's yet; then the operator lets them in for it:")
	d.send(ctx, 400, d.admin(), "POST", "/business-account/import", mediaType, []byte(office()))
	d.allot(ctx, sensorOf(0), sensorOf(1), sensorOf(2), "depot-1")
	if tried := d.send(ctx, 200, d.admin(), "POST", "/business-account/import/trial", mediaType,
		[]byte(office())); tried.Get("locations") != 1.0 || tried.Get("changes.0.new") != true {
		d.fail("a location would be made: %s", tried.Body)
	}
	d.send(ctx, 200, d.admin(), "POST", "/business-account/import", mediaType, []byte(office()))
	listed := d.call(ctx, 200, d.admin(), "GET", "/locations", nil)
	d.Office, d.Floor = listed.Text("locations.0.id"), listed.Text("locations.0.floors.0.id")
	plan := d.call(ctx, 200, d.admin(), "GET", "/floors/"+d.Floor, nil)
	spots, _ := plan.Get("spots").([]any)
	for _, spot := range spots {
		if one, ok := spot.(object); ok && one["category"] == "room" {
			d.Room = fmt.Sprint(one["id"])
		}
	}
	for i := range 7 {
		for _, spot := range spots {
			if one, ok := spot.(object); ok && one["name"] == fmt.Sprintf("3.%02d", i+1) {
				d.Desks = append(d.Desks, fmt.Sprint(one["id"]))
			}
		}
	}
	if len(d.Desks) != 7 {
		d.fail("%d desks", len(d.Desks))
		return
	}
	d.draws(ctx)
	d.shares(ctx)
	d.annex(ctx)
	d.rules(ctx)
}

// rules says when and how much is reserved at the annex, and takes its floor out of service for a day.
func (d *Day) rules(ctx context.Context) {
	holidays, _ := d.call(ctx, 200, d.admin(), "GET", "/holidays/nl/2027", nil).Get("closures").([]any)
	d.call(ctx, 200, d.admin(), "PUT", "/locations/"+d.Annex+"/rules", object{"closures": holidays,
		"week":    object{"sunday": []object{}},
		"limits":  []object{{"for": "room", "longest_minutes": 240}, {"for": "workplace", "per_day": 4, "per_week": 20}},
		"presets": []object{{"kind": "own", "name": "Evening", "from": "18:00", "to": "22:00"}}})
	d.call(ctx, 200, d.admin(), "GET", "/locations/"+d.Annex+"/rules", nil)
	out := d.call(ctx, 201, d.admin(), "POST", "/floors/"+d.AnnexFloor+"/outages",
		object{"date": "2027-04-01", "reason": "The floor is being painted"}).Text("id")
	d.call(ctx, 200, d.admin(), "GET", "/locations/"+d.Annex+"/outages", nil)
	d.call(ctx, 204, d.admin(), "DELETE", "/floors/"+d.AnnexFloor+"/outages/"+out, nil)
}

// draws puts an image of the floor up, that everybody of the office sees.
func (d *Day) draws(ctx context.Context) {
	plan := "/floors/" + d.Floor + "/plan"
	d.send(ctx, 204, d.admin(), "PUT", plan, "image/png", portrait())
	d.call(ctx, 200, d.admin(), "GET", plan, nil)
	d.call(ctx, 204, d.admin(), "DELETE", plan, nil)
	d.call(ctx, 404, d.admin(), "GET", plan, nil)
	d.send(ctx, 204, d.admin(), "PUT", plan, "image/png", portrait())
}

// shares sends a desk's URL around: whoever fetches it sees nothing of it, and an invented one shows the same.
func (d *Day) shares(ctx context.Context) {
	shared := d.call(ctx, 200, d.admin(), "GET", "/spots/"+d.Desks[0], nil).Text("share")
	if shared != d.API+"/s/"+d.Desks[0] {
		d.fail("the spot is shared as %q", shared)
	}
	seen := string(d.call(ctx, 200, "", "GET", "/s/"+d.Desks[0], nil).Body)
	invented := string(d.call(ctx, 200, "", "GET", "/s/aaaaaaaaaaaaaaaa", nil).Body)
	if strings.ReplaceAll(seen, d.Desks[0], "aaaaaaaaaaaaaaaa") != invented {
		d.fail("the page of a spot differs from that of none")
	}
}

func (d *Day) annex(ctx context.Context) {
	d.Annex = d.call(ctx, 201, d.admin(), "POST", "/locations",
		object{"name": "Annex", "address": "Kade 2, Utrecht", "latitude": 52.09, "longitude": 5.12,
			"time_zone": "Europe/London", "opens": "07:00", "closes": "22:00"}).Text("id")
	d.call(ctx, 200, d.admin(), "PATCH", "/locations/"+d.Annex, object{"time_zone": "Europe/Amsterdam"}) // a slip
	d.AnnexFloor = d.call(ctx, 201, d.admin(), "POST", "/locations/"+d.Annex+"/floors",
		object{"name": "Ground floor", "level": 0}).Text("id")
	zone := d.call(ctx, 201, d.admin(), "POST", "/floors/"+d.AnnexFloor+"/zones", object{"name": "Garden"}).Text("id")
	for i := range 4 {
		d.call(ctx, 201, d.admin(), "POST", "/floors/"+d.AnnexFloor+"/spots",
			object{"name": fmt.Sprintf("G%d", i+1), "category": "workplace", "type": "seat",
				"zone": zone, "x": 0.2 * float64(i+1), "y": 0.5})
	}
	d.call(ctx, 200, d.admin(), "GET", "/locations/"+d.Annex, nil)
}
