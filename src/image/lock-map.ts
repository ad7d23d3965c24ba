/** Makes a map refuse every change, as a frozen list does. */
export function lockMap(map: Map<string, unknown>, where: string): void {
  if (Object.isFrozen(map)) {
    return;
  }
  const refuse = (): never => {
    throw new TypeError(`${where} is locked: the aspects have run, and the rules judge what is there`);
  };
  Object.defineProperties(map, { set: { value: refuse }, delete: { value: refuse }, clear: { value: refuse } });
  Object.freeze(map);
}
