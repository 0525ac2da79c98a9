import { parseArgs } from 'node:util';
import { startDesk } from './startDesk.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const desk = await startDesk({
  port: Number(values.port),
  ...(values.data === undefined ? {} : { dataFolder: values.data }),
});

if (values.json) {
  console.log(JSON.stringify({ url: desk.url, email: desk.email, password: desk.password }));
} else {
  console.log(`The local Desk is running.

  URL       ${desk.url}/agent
  API       ${desk.url}/api/v2
  E-mail    ${desk.email}
  Password  ${desk.password}

Ctrl-C ends it.`);
}

const stop = () => {
  void desk.close().then(() => process.exit(0));
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
