// Writes a gateway.json for the translation cases of a folder. usage: node translation-config.mjs CASES MOCK_PORT PORT
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [cases, mockPort, port] = process.argv.slice(2);
const profiles = JSON.parse(readFileSync(`${cases}/profiles.json`, 'utf8'));
const dialects = { chat: 'openai', responses: 'openai-responses', anthropic: 'anthropic' };
const abilities = { vision: 'supports_vision', max_output_tokens: 'max_output_tokens' };
const ownNames = ['key', 'name', 'api', ...Object.keys(abilities)];

const providers = {};
for (const [key, profile] of Object.entries(profiles)) {
  const base = `http://127.0.0.1:${mockPort}/${key}`;
  const provider = {
    dialect: dialects[profile.api],
    base_url: profile.api === 'anthropic' ? base : `${base}/v1`,
    api_key: '${PROVIDER_KEY}',
    idle_timeout_seconds: 2,
    models: ['case-model'],
  };
  if (profile.api !== 'anthropic') {
    // A profile says all there is to know: nothing comes from the vendor whose name it bears.
    provider.preset = 'custom';
    provider.auth = 'bearer';
    provider.quirks = {};
    for (const [name, value] of Object.entries(profile)) {
      if (value !== null && !ownNames.includes(name)) provider.quirks[name] = value;
      if (value !== null && abilities[name]) provider[abilities[name]] = value;
    }
  }
  providers[key] = provider;
}
providers.down = { dialect: 'openai', base_url: 'http://127.0.0.1:9/v1', auth: 'bearer', api_key: '${PROVIDER_KEY}', models: ['case-model'] };

// The judge's own key: a case without it must not get in.
const clients = { judge: { key_sha256: createHash('sha256').update('client-secret-key').digest('hex') } };

console.log(JSON.stringify({
  claude_gateway: { port: Number(port), log_level: 'error', keep_alive_comment_ms: 200 },
  default_provider: 'synthetic',
  clients,
  providers,
}, null, 2));
