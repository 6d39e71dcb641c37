const moods = ['calm', 'bright', 'brave', 'swift', 'kind', 'quiet', 'merry', 'bold'];
const places = ['harbor', 'meadow', 'garden', 'summit', 'island', 'forest', 'river', 'valley'];

/** A name for a new room that can be read out over the phone, such as `calm-harbor-42`. */
export function randomRoom(random: () => number = Math.random): string {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? 'room';
  return `${pick(moods)}-${pick(places)}-${Math.floor(random() * 90) + 10}`;
}
