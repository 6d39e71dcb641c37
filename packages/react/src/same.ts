/** Whether two objects have the same fields with the same values. */
export function shallowEqual<Value extends object>(a: Value, b: Value): boolean {
  const left = Object.entries(a);
  const right = new Map<string, unknown>(Object.entries(b));
  return left.length === right.size && left.every(([key, value]) => Object.is(value, right.get(key)));
}

/**
 * `now`, made of the objects of `before` as far as they say the same; `before` itself if all do. What did not change
 * keeps its identity, so components that were given it need not render again.
 */
export function keepEqual<Item extends object>(
  before: readonly Item[],
  now: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  const known = new Map(before.map((item) => [keyOf(item), item]));
  const kept = now.map((item) => {
    const old = known.get(keyOf(item));
    return old && shallowEqual(old, item) ? old : item;
  });
  return kept.length === before.length && kept.every((item, at) => item === before[at]) ? before : kept;
}
