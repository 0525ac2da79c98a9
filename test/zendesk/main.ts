import { parseArgs } from 'node:util';
import { startZendesk } from './startZendesk.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const zendesk = await startZendesk({
  port: Number(values.port),
  ...(values.data === undefined ? {} : { dataFolder: values.data }),
});
const { url, adminEmail: email } = zendesk;
const [token = ''] = zendesk.apiTokens;

if (values.json) {
  console.log(JSON.stringify({ url, email, token }));
} else {
  console.log(`The local Zendesk is running.

  API        ${url}/api/v2
  E-mail     ${email}
  API token  ${token}

Ctrl-C ends it.`);
}

const stop = () => {
  void zendesk.close().then(() => process.exit(0));
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
