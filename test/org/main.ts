import { parseArgs } from 'node:util';
import { startOrg } from './startOrg.ts';
import { STATES, type StateName } from './states.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    data: { type: 'string' },
    state: { type: 'string', default: 'enterprise' },
    json: { type: 'boolean', default: false },
  },
});
if (!(values.state in STATES)) {
  console.error(`There is no state ${values.state}. There are: ${Object.keys(STATES).join(', ')}.`);
  process.exit(2);
}
const local = await startOrg({
  state: values.state as StateName,
  port: Number(values.port),
  ...(values.data === undefined ? {} : { dataFolder: values.data }),
});

if (values.json) {
  console.log(
    JSON.stringify({
      url: local.url,
      pubsub: local.pubsubUrl,
      username: local.username,
      accessToken: local.accessToken,
    }),
  );
} else {
  console.log(`The local org is running.

  URL       ${local.url}
  Pub/Sub   ${local.pubsubUrl}
  User      ${local.username}

Log the Salesforce CLI in:

  SF_ACCESS_TOKEN='${local.accessToken}' sf org login access-token --instance-url ${local.url} --no-prompt --alias local

Ctrl-C ends it.`);
}

const stop = () => {
  void local.close().then(() => process.exit(0));
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
