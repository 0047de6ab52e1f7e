// The texts of the lists of deliveries and receipts.

/** The texts. */
export const receivingLists = {
  title: "Receiving",
  intro: "Receive what arrived, and announce what is on its way, so that everybody can see it.",
  announce: "Announce a delivery",
  receive: "Receive",
  receiveNamed: (reference: string) => `Receive ${reference}`,
  choice: "What to show",
  onTheWay: "On the way",
  received: "Received",
  closed: "Closed deliveries",
  late: "Late",
  deliveries: {
    delivery: "Delivery",
    expectedOn: "Expected on",
    expected: "Expected",
    received: "Received",
    onTheWay: "On the way",
    receive: "Receive",
    reason: "Reason",
    allCame: "All came",
  },
  noneExpected: {
    title: "Nothing is on its way",
    text: "Announce a delivery when you have ordered from a supplier. Products and alerts then show what is coming.",
  },
  noneClosed: {
    title: "No closed deliveries",
    text: "A delivery is closed when all of it came, or when you close it with a reason.",
  },
  receipts: {
    all: "Receipts",
    ofDelivery: (reference: string) => `Receipts of ${reference}`,
    receipt: "Receipt",
    received: "Received",
    by: "By",
    items: "Items",
    units: "Units",
  },
  noReceipts: {
    title: "Nothing was received yet",
    text: "Receive what a supplier sent: one by one, or with the list from the delivery note.",
  },
};
