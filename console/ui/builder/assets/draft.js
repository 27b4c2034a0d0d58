// The draft: the same nodes as the server's, but a value is an object, so that its control can
// remember how the person chose to write it.

/** A group without parts. */
export function newGroup(join = "and") {
  return { type: "group", join, not: false, parts: [] }
}

/** A condition without a field. */
export function newCondition() {
  return { type: "condition", field: "", op: "=", not: false, values: [] }
}

/** Words to search for. */
export function newWords(not = false) {
  return { type: "words", text: "", phrase: false, not }
}

/** One value of a condition. */
export function newValue(text = "") {
  return { text, mode: null }
}

/** The server's nodes as a draft. */
export function adopt(node) {
  if (node.type === "group") return { ...node, parts: node.parts.map(adopt) }
  if (node.type === "condition") return { ...node, values: node.values.map(newValue) }
  return { ...node }
}

/** A draft as the server reads it. */
export function written(node) {
  if (node.type === "group") return { ...node, parts: node.parts.map(written) }
  if (node.type === "condition") return { ...node, values: node.values.map(value => value.text) }
  return { ...node }
}

/** Make a part ask for another field, or for words; what still fits is kept. */
export function setField(node, key, fields) {
  const before = node.type === "condition" ? fields.get(node.field) : undefined
  const kept = before && fits(before, fields.get(key)) ? { op: node.op, values: node.values } : {}
  const { not } = node
  for (const name of Object.keys(node)) delete node[name]
  Object.assign(node, key === TEXT ? newWords(not) : { ...newCondition(), op: fields.get(key)?.ops[0].key ?? "=", ...kept, field: key, not })
}

function fits(before, field) {
  const isAlike = field && field.kind !== "choice" && before.kind === field.kind && before.names === field.names
  return isAlike && before.ops.every(op => field.ops.some(other => other.key === op.key))
}

/** Compare in another way: a comparison has one value, presence has none. */
export function setOp(node, op) {
  node.op = op
  if (op === "is") node.values = []
  else if (op !== "=") node.values = node.values.slice(0, 1)
}

/** The key under which words stand among the fields. */
export const TEXT = "#text"
