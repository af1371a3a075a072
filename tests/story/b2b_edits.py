"""How two copywriters reword every second asset of Listening Post: one phrase each, the first row found in its words. No test stands here."""

REWORDED = (
    ("You pay $1,900, and", "It costs $1,900, and"),
    ("One week of listening:", "A week of listening:"),
    ("One week of listening costs", "Listening for a week costs"),
    ("It costs $1,900 until", "You pay $1,900 until"),
    ("Price: $1,900", "The price: $1,900"),
    ("An air leak that opens today is on your work list", "An air leak that opens today is on the work list"),
    ("Photograph the moments that readers know", "Photograph the minutes that readers know"),
    ("You see what each leak costs", "You see the cost of each leak"),
    ("A compressor does not know where its air goes.", "No compressor knows where its air goes."),
    ("Does this sound like you?", "Do you know this one?"),
    ("It never sounds alarming", "It is never alarming"),
    ("Each leak comes with its yearly cost", "Each leak has its yearly cost beside it"),
    ("staff of Fennimore,", "everybody at Fennimore,"),
    ("-jobs", "-jobs\n-careers"),
    ("-Stellenangebote", "-Stellenangebote\n-Praktikum"),
    ("Durch die Hallen gegangen ist dafür niemand.", "Durch die Hallen gehen musste dafür niemand."),
    ("vielleicht ist noch etwas offen.", "vielleicht ist noch eine Frage offen."),
    ("bevor sich der Preis ändert, schreiben wir noch einmal.", "bevor sich der Preis ändert, melden wir uns noch einmal."),
    ("und der Kompressor springt trotzdem an.", "und trotzdem springt der Kompressor an."),
    ("Drei Wochen bis zum Audit", "Noch drei Wochen bis zum Audit"),
    ("Fennimore startet Listening Post und hört Lecks", "Fennimore beginnt mit Listening Post und hört Lecks"),
    ("Fennimore beginnt damit am", "Fennimore startet damit am"),
    ("Tagsüber schon.", "Am Tag schon."),
    ("Danach kostet es", "Danach zahlen Sie"),
    ("Danach gilt der Preis von", "Danach zahlen Sie"),
    ("Eine Woche Probehören", "Eine Woche zur Probe hören"),
    ("Sie schicken eine Person zu", "Sie schicken jemanden zu"),
    ("Kommt Ihnen das bekannt vor?", "Kennen Sie das?"),
    ("Das Leck steht vor der Frühschicht", "Das Leck steht schon vor der Frühschicht"),
    ("Preis: 1.750", "Der Preis: 1.750"),
    ("Eine Woche lang hören in Ihrem Werk zwölf Sensoren zu", "Zwölf Sensoren hören eine Woche lang in Ihrem Werk zu"),
    ("See a sample record: ", "Look at a sample record: "),
    ("Was am Donnerstag zu zischen beginnt", "Was am Donnerstag zu zischen anfängt"),
    ("Die Bedingungen stehen unter", "Alle Bedingungen stehen unter"),
)


def reworded(values: dict[str, str]) -> tuple[str, str] | None:
    """Choose the field that a copywriter rewords and its new words; None where no row fits."""
    for old, new in REWORDED:
        for name, text in values.items():
            if old in text:
                return name, text.replace(old, new)
    return None
