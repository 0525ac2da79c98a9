/** Channels whose messages are no e-mails; on all others Zendesk writes to the requester by e-mail. */
const OTHERS: ReadonlySet<string> = new Set([
  'chat',
  'native_messaging',
  'messaging',
  'any_channel',
  'sms',
  'voice',
  'phone',
  'twitter',
  'twitter_dm',
  'x_corp',
  'facebook',
  'instagram_dm',
  'whatsapp',
  'line',
  'wechat',
  'telegram',
  'viber',
  'apple_business_chat',
  'sunshine_conversations_api',
]);

export const isEmailChannel = (channel: string) => !OTHERS.has(channel);
