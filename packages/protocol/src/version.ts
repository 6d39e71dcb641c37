/** Number of this protocol. Each end accepts its own and the one before. */
export const protocolVersion = 1;

export function isProtocolSupported(version: number): boolean {
  return version === protocolVersion || version === protocolVersion - 1;
}
