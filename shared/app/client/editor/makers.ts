/** What the sensors that are read are called on their boxes, by model. */
export const makers: Record<string, string> = { "milesight-vs340": "Milesight VS340", "milesight-vs341": "Milesight VS341", "browan-tbms100": "Browan TBMS100", "elsys-ems-desk": "Elsys EMS Desk", disruptive: "Disruptive Technologies" }
