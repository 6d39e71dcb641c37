/** Blocks of the picture that carry the number: few and large, so that they survive VP8 at any bitrate. */
const columns = 5;
const rows = 4;
const bits = 16;
const checkBits = columns * rows - bits;
const brightness = 128;

/** Numbers repeat after so many frames: half an hour at 30 frames a second. */
export const numbers = 2 ** bits;

/** Draws a frame's number over the whole picture: white blocks are ones, the last four are a check sum. */
export function drawNumber(context: CanvasRenderingContext2D, number: number): void {
  const { width, height } = context.canvas;
  const code = withCheck(number);
  for (let block = 0; block < columns * rows; block += 1) {
    context.fillStyle = (code >> block) & 1 ? '#fff' : '#000';
    const column = block % columns;
    const row = Math.floor(block / columns);
    context.fillRect(
      Math.floor((column * width) / columns),
      Math.floor((row * height) / rows),
      Math.ceil(width / columns),
      Math.ceil(height / rows),
    );
  }
}

/** Where a picture's brightness stands in a buffer. */
export interface Luma {
  data: Uint8Array;
  offset: number;
  stride: number;
  width: number;
  height: number;
}

/** The number that a picture shows; undefined where the check sum is wrong, such as before the first key frame. */
export function readNumber({ data, offset, stride, width, height }: Luma): number | undefined {
  let code = 0;
  for (let block = 0; block < columns * rows; block += 1) {
    const x = Math.floor((((block % columns) + 0.5) * width) / columns);
    const y = Math.floor(((Math.floor(block / columns) + 0.5) * height) / rows);
    if ((data[offset + y * stride + x] ?? 0) >= brightness) code |= 1 << block;
  }
  const number = code & (numbers - 1);
  return withCheck(number) === code ? number : undefined;
}

/** Whether a frame comes after another one, numbers that began anew included. */
export function isLater(number: number, than: number): boolean {
  const distance = (number - than + numbers) % numbers;
  return distance > 0 && distance < numbers / 2;
}

/** All black or all white is no valid code: the sum starts at 5. */
function withCheck(number: number): number {
  let sum = 5;
  for (let nibble = 0; nibble < bits; nibble += checkBits) sum += (number >> nibble) * 7 + nibble;
  return number | ((sum % 2 ** checkBits) << bits);
}
