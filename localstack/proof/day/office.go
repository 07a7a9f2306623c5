package day

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"regexp"
	"strings"
	"time"

	mqtt "github.com/eclipse/paho.mqtt.golang"
)

// sensorOf is the hardware id of a desk's sensor: the first three are of three makes.
func sensorOf(i int) string {
	return []string{"24e124710c140001", "58a0cb0000100002", "desk-sensor-3"}[i]
}

// lorawan wraps a device's bytes as AWS IoT Core for LoRaWAN delivers them.
func lorawan(devEUI string, port, count int, at time.Time, payload []byte) any {
	return object{"WirelessDeviceId": "57728ff8-5d1d-4130-9de2-f004d8722bc2",
		"PayloadData": base64.StdEncoding.EncodeToString(payload),
		"WirelessMetadata": object{"LoRaWAN": object{"DevEui": devEUI, "FPort": port, "FCnt": count, "DataRate": 0,
			"Frequency": 867900000,
			"Gateways":  []any{object{"GatewayEui": "dca632fffe45b3c0", "Rssi": -76, "Snr": 9.75}},
			"Timestamp": at.UTC().Format(time.RFC3339)}}}
}

func (d *Day) publish(topic string, message any) {
	if d.err != nil {
		return
	}
	payload, err := json.Marshal(message)
	if err != nil {
		d.fail("%w", err)
		return
	}
	client := mqtt.NewClient(mqtt.NewClientOptions().AddBroker("tcp://" +
		d.MQTT).SetClientID("tour").SetConnectTimeout(5 * time.Second))
	for _, send := range []func() mqtt.Token{client.Connect,
		func() mqtt.Token { return client.Publish(topic, 1, false, payload) }} {
		if token := send(); !token.WaitTimeout(5*time.Second) || token.Error() != nil {
			d.fail("the broker: %v", token.Error())
			return
		}
	}
	client.Disconnect(100)
	d.Say("  MQTT   %s %s", topic, short(string(payload), 110))
}

// allot lets the account tie sensors, as the operator does who lets them in.
func (d *Day) allot(ctx context.Context, sensors ...string) {
	account := d.call(ctx, 200, d.admin(), "GET", "/business-account", nil).Text("id")
	d.atConsole(ctx, "/devices", object{"account": account, "devices": sensors})
	d.Say("  OPERATOR devices allot %s %s", account, strings.Join(sensors, " "))
}

// sitsDown lets two be checked in by their sensors, one by hand and two not at all, and somebody walks up.
func (d *Day) sitsDown(ctx context.Context) {
	d.move(ctx, d.at("08:59"))
	d.publish("lorawan/uplink", lorawan(sensorOf(0), 85, 1, d.at("08:59"),
		[]byte{0x01, 0x75, 0x64, 0x03, 0x00, 0x01}))
	d.publish("lorawan/uplink", lorawan(sensorOf(1), 102, 1, d.at("08:59"),
		[]byte{0x01, 0xBB, 0x34, 0x00, 0x00, 0xDC, 0x78, 0x01}))
	d.publish("iotspot/"+sensorOf(2)+"/reading", object{"occupied": true,
		"at": d.at("08:59").UTC().Format(time.RFC3339), "battery": 87, "seq": 1})
	for _, p := range d.People[1:4] {
		d.until("the sensor checks the person in", func() bool {
			return d.quietly(ctx, p.Token, "/reservations/"+p.Mine[0]).Text("state") == "checked_in"
		})
	}
	d.call(ctx, 200, d.People[1].Token, "GET", "/reservations/"+d.People[1].Mine[0], nil)
	for _, p := range []*Person{d.People[4], d.Erased} {
		d.call(ctx, 200, p.Token, "POST", "/reservations/"+p.Mine[0]+"/check-in", nil)
	}
	d.Say("  …who looks after the sensors sees which need somebody, and of each no more than the day:")
	if sensors := d.call(ctx, 200, d.admin(), "GET", "/locations/"+d.Office+"/sensors",
		nil); sensors.Text("sensors.0.heard_on") != d.Date {
		d.fail("the sensors were heard today: %s", sensors.Body)
	}
	d.Say("  …screens hang at the room's door, in the lobby and on a desk:")
	d.displays(ctx, d.People[3])
	d.isAskedFor(ctx)
	d.leavesDesk(ctx)
	d.Say("  …and takes back what was wrongly recorded of being in the annex:")
	annex := d.quietly(ctx, d.People[4].Token, "/floors/"+d.AnnexFloor+"/availability?date="+d.Date)
	sat := d.call(ctx, 201, d.People[4].Token, "POST", "/spots/"+annex.Text("spots.0.spot")+"/walk-up",
		object{"until": "11:00"}).Text("id")
	d.call(ctx, 204, d.People[4].Token, "DELETE", "/reservations/"+sat+"/presence", nil)
}

// isAskedFor lives a desk to which nobody comes: the person is asked, doesn't come, loses it, and takes another.
func (d *Day) isAskedFor(ctx context.Context) {
	d.Say("  …nobody comes to the desk of %s, who is asked first; opening the link changes nothing:",
		d.People[0].Name)
	offered, decided := d.waits(ctx, d.People[3]), d.asks(ctx, d.People[3], d.People[1])
	d.move(ctx, d.at("09:11"))
	question := d.linkMailed(ctx, d.People[0].Email, regexp.MustCompile(`/coming/[a-z0-9.-]+`))
	d.call(ctx, 200, "", "GET", question, nil)
	d.send(ctx, 200, "", "POST", question, "application/x-www-form-urlencoded", nil)
	offered()
	decided()
	d.Say("  …she said that she comes, and still doesn't:")
	d.move(ctx, d.at("09:28"))
	d.until("it is a no-show", func() bool {
		return d.quietly(ctx, d.admin(),
			"/reservations/"+d.People[0].Mine[len(d.People[0].Mine)-1]).Text("state") == "no_show"
	})
	d.call(ctx, 200, d.admin(), "GET", "/reservations/"+d.People[0].Mine[len(d.People[0].Mine)-1], nil)
	d.Say("  …she comes later, sits down at a free desk and claims it:")
	d.call(ctx, 204, d.admin(), "PUT", "/spots/"+d.Desks[6]+"/holder", object{"email": d.People[0].Email})
	d.call(ctx, 201, d.admin(), "POST", "/spots/"+d.Desks[6]+"/walk-up", object{"until": "11:00"})
	d.call(ctx, 204, d.admin(), "DELETE", "/spots/"+d.Desks[6]+"/holder", nil)
}

// leavesDesk lives a desk that is left early, as its sensor says or its person, and a message that is none.
func (d *Day) leavesDesk(ctx context.Context) {
	d.Say("  …the first desk is left empty:")
	d.publish("lorawan/uplink", lorawan(sensorOf(0), 85, 2, d.at("09:28"),
		[]byte{0x01, 0x75, 0x64, 0x03, 0x00, 0x00}))
	d.until("the sensor's message has arrived", func() bool {
		answer := d.quietly(ctx, d.admin(), "/floors/"+d.Floor+"/availability?date="+d.Date)
		return answer.Status == 200
	})
	time.Sleep(time.Second) // the message is on its way; the clock must not overtake it
	d.move(ctx, d.at("09:59"))
	d.until("it is released", func() bool {
		return d.quietly(ctx, d.People[1].Token, "/reservations/"+d.People[1].Mine[0]).Text("state") == "released"
	})
	d.call(ctx, 200, d.People[1].Token, "GET", "/reservations/"+d.People[1].Mine[0], nil)
	d.call(ctx, 200, d.People[4].Token, "POST", "/reservations/"+d.People[4].Mine[0]+"/release", nil)
	d.publish("iotspot/"+sensorOf(2)+"/reading", "not a reading")
}

// portrait is a photo as a phone would send it.
func portrait() []byte {
	picture := image.NewRGBA(image.Rect(0, 0, 800, 600))
	for x := range 800 {
		for y := range 600 {
			picture.Set(x, y, color.RGBA{R: uint8(x), G: uint8(y), B: 120, A: 255})
		}
	}
	var content bytes.Buffer
	if err := png.Encode(&content, picture); err != nil {
		panic(err) // a picture in memory can be encoded
	}
	return content.Bytes()
}
