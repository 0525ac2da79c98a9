import { parseArgs } from 'node:util';
import { startOrg } from './startOrg.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const local = await startOrg({
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
