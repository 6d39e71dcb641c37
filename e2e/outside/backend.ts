// A backend that has installed the server SDK: prints the tokens of a new session.
import { Evercall } from '@evercall/server-sdk';

const [url = '', secret = '', customSessionId = ''] = process.argv.slice(2);
const evercall = new Evercall({ url, secret });
const { sessionId } = await evercall.createSession({ customSessionId });
const tokens: string[] = [];
for (const data of ['ann', 'bob']) {
  const { token } = await evercall.createConnection(sessionId, { role: 'PUBLISHER', data });
  if (token !== null) tokens.push(token);
}
console.log(JSON.stringify(tokens));
