#!/usr/bin/env node
// OpenAI's own TypeScript SDK as the judge of what the gateway tells OpenAI clients: answers of the built-in model, translated,
// and those of a provider of the same dialect, passed as they are.
// usage: openai-client-cases.mjs GATEWAY_BINARY   (--install only installs the SDK, from npm)
// The last line is 'N passed, N failed'.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromNpm, startGateway } from './gateway-under-test.mjs';

const { default: OpenAI } = await fromNpm('openai', '7.57.0', 'index.mjs');

// A provider that speaks Chat Completions itself; members nobody knows must come through.
const chunk = (delta, rest = {}) => `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: null, ...rest }] })}\n\n`;
const seen = [];
const mock = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) {
    body += part;
  }

  if (request.method === 'GET') {
    response.setHeader('content-type', 'application/json').end('{"object":"list","data":[{"id":"m","object":"model","created":1,"owned_by":"mock"}]}');
    return;
  }

  seen.push(JSON.parse(body));
  if (!seen.at(-1).stream) {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({
      id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'm', system_fingerprint: 'fp', a_new_member: [1],
      choices: [{ index: 0, message: { role: 'assistant', content: 'as it is', refusal: null }, logprobs: null, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
    }));
    return;
  }

  response.setHeader('content-type', 'text/event-stream');
  response.end(`${chunk({ role: 'assistant', content: 'as ' })}${chunk({ content: 'it is' })}${chunk({}, { finish_reason: 'stop' })}data: [DONE]\n\n`);
});
await new Promise(resolve => mock.listen(0, '127.0.0.1', resolve));

const work = mkdtempSync(join(tmpdir(), 'openai-cases-'));
writeFileSync(join(work, 'gateway.json'), JSON.stringify({
  default_provider: 'synthetic',
  providers: {
    synthetic: {},
    own: { dialect: 'openai', base_url: `http://127.0.0.1:${mock.address().port}/v1`, auth: 'none', models: ['m'] },
  },
  routes: [{ when: { model: ['m'] }, targets: ['own'] }],
}));
const gateway = await startGateway(process.argv[2], join(work, 'gateway.json'), { XDG_STATE_HOME: work });

const client = new OpenAI({ apiKey: 'sk-none', baseURL: `${gateway.url}/openai/v1`, maxRetries: 0, timeout: 20_000 });
const chat = client.chat.completions;
const ask = (text, more = {}) => ({ model: 'claude-x', messages: [{ role: 'user', content: text }], ...more });
const weather = {
  type: 'function',
  function: { name: 'weather', description: 'The weather', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
};
const pixel = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const cases = {
  async 'a whole answer'() {
    const answer = await chat.create(ask('@synthetic text Hello.'));
    assert.equal(answer.object, 'chat.completion');
    assert.equal(answer.choices[0].message.content, 'Hello.');
    assert.equal(answer.choices[0].message.role, 'assistant');
    assert.equal(answer.choices[0].finish_reason, 'stop');
    assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
    assert.ok(answer.usage.prompt_tokens > 0 && answer.usage.completion_tokens > 0);
  },
  async 'a stream, put together by the SDK'() {
    const stream = chat.stream(ask('@synthetic text Zwölf Boxkämpfer \u{1f600} jagen Viktor.', { stream_options: { include_usage: true } }));
    let deltas = 0;
    stream.on('content', () => deltas++);
    const answer = await stream.finalChatCompletion();
    assert.equal(answer.choices[0].message.content, 'Zwölf Boxkämpfer \u{1f600} jagen Viktor.');
    assert.equal(answer.choices[0].finish_reason, 'stop');
    assert.ok(deltas > 1, `${deltas} deltas`);
    assert.ok((await stream.totalUsage()).total_tokens > 0);
  },
  async 'no usage in a stream that did not ask for it'() {
    for await (const part of await chat.create(ask('@synthetic text a b c', { stream: true }))) {
      assert.ok(!part.usage, JSON.stringify(part));
      assert.equal(part.choices.length, 1);
    }
  },
  async 'usage in the last chunk, which has no choice'() {
    const parts = [];
    for await (const part of await chat.create(ask('@synthetic text a b c', { stream: true, stream_options: { include_usage: true } }))) {
      parts.push(part);
    }

    assert.deepEqual(parts.at(-1).choices, []);
    assert.ok(parts.at(-1).usage.prompt_tokens > 0);
    assert.equal(new Set(parts.map(part => part.id)).size, 1);
  },
  async 'a call of a tool'() {
    const answer = await chat.create(ask('@synthetic tool weather {"city":"Köln"}', { tools: [weather] }));
    const [call] = answer.choices[0].message.tool_calls;
    assert.equal(answer.choices[0].finish_reason, 'tool_calls');
    assert.equal(call.type, 'function');
    assert.equal(call.function.name, 'weather');
    assert.deepEqual(JSON.parse(call.function.arguments), { city: 'Köln' });
  },
  async 'two calls in one stream'() {
    const stream = chat.stream(ask('@synthetic tool weather {"city":"Köln"}\n@synthetic also weather {"city":"Bonn"}', { tools: [weather] }));
    const { message } = (await stream.finalChatCompletion()).choices[0];
    assert.deepEqual(message.tool_calls.map(call => JSON.parse(call.function.arguments).city), ['Köln', 'Bonn']);
    assert.equal(new Set(message.tool_calls.map(call => call.id)).size, 2);
  },
  async 'a tool that the SDK runs by itself'() {
    const asked = [];
    const runner = chat.runTools({
      ...ask('@synthetic tool weather {"city":"Köln"}\n@synthetic text It rains.'),
      stream: true,
      tools: [{ ...weather, function: { ...weather.function, parse: JSON.parse, function: ({ city }) => asked.push(city) && 'rain' } }],
    });
    assert.equal(await runner.finalContent(), 'It rains.');
    assert.deepEqual(asked, ['Köln']);
  },
  async 'a tool that must be called'() {
    const answer = await chat.create(ask('anything', { tools: [weather], tool_choice: { type: 'function', function: { name: 'weather' } } }));
    assert.equal(typeof JSON.parse(answer.choices[0].message.tool_calls[0].function.arguments).city, 'string');
  },
  async 'an answer in the form of a schema'() {
    const schema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'], additionalProperties: false };
    const answer = await chat.create(ask('the title of this', { response_format: { type: 'json_schema', json_schema: { name: 't', strict: true, schema } } }));
    assert.equal(typeof JSON.parse(answer.choices[0].message.content).title, 'string');
  },
  async 'a picture, and a system message'() {
    const answer = await chat.create({
      model: 'claude-x',
      messages: [
        { role: 'system', content: 'Be short.' },
        { role: 'user', content: [{ type: 'text', text: 'what is this' }, { type: 'image_url', image_url: { url: pixel } }] },
      ],
    });
    assert.match(answer.choices[0].message.content, /1 image/);
  },
  async 'an answer that is cut at max_completion_tokens'() {
    const answer = await chat.create(ask('@synthetic tokens 500', { max_completion_tokens: 20 }));
    assert.equal(answer.choices[0].finish_reason, 'length');
    assert.equal(answer.usage.completion_tokens, 20);
  },
  async 'a stop sequence'() {
    const answer = await chat.create(ask('@synthetic text one two three', { stop: ['three'] }));
    assert.equal(answer.choices[0].message.content.trim(), 'one two');
    assert.equal(answer.choices[0].finish_reason, 'stop');
  },
  async 'a bad request is told as one'() {
    await assert.rejects(chat.create({ model: 'claude-x', messages: [] }), error => {
      assert.ok(error instanceof OpenAI.BadRequestError, error.constructor.name);
      assert.match(error.message, /messages/);
      return true;
    });
  },
  async 'a rate limit is told as one, with when to come back'() {
    await assert.rejects(chat.create(ask('@synthetic status 429 retry-after 5')), error => {
      assert.ok(error instanceof OpenAI.RateLimitError, error.constructor.name);
      assert.equal(error.headers.get('retry-after'), '5');
      return true;
    });
  },
  async 'an error in the midst of a stream is thrown'() {
    await assert.rejects(async () => {
      for await (const _ of await chat.create(ask('@synthetic text one two three four five six\n@synthetic error 5', { stream: true }))) {
        // Reads on.
      }
    }, OpenAI.APIError);
  },
  async 'who goes away in the midst is let go'() {
    const stream = await chat.create(ask('@synthetic tokens 5000\n@synthetic pace 20', { stream: true }));
    for await (const _ of stream) {
      break;
    }

    assert.equal((await chat.create(ask('@synthetic text still there'))).choices[0].message.content, 'still there');
  },
  async 'the list of models'() {
    const ids = [];
    for await (const model of client.models.list()) {
      assert.equal(model.object, 'model');
      ids.push(model.id);
    }

    assert.ok(ids.includes('claude-synthetic-1'), ids.join());
  },
  async 'the same dialect on both sides: a whole answer as it is'() {
    const answer = await chat.create({ ...ask('x'), model: 'm', an_unknown_parameter: { a: 1 } });
    assert.deepEqual(answer.a_new_member, [1]);
    assert.equal(answer.choices[0].message.content, 'as it is');
    assert.deepEqual(seen.at(-1).an_unknown_parameter, { a: 1 });
  },
  async 'the same dialect on both sides: a stream as it is'() {
    const stream = chat.stream({ ...ask('x'), model: 'm' });
    assert.equal((await stream.finalChatCompletion()).choices[0].message.content, 'as it is');
  },
};

let failed = 0;
for (const [name, run] of Object.entries(cases)) {
  try {
    await Promise.race([run(), new Promise((_, reject) => setTimeout(() => reject(new Error('not within 20 s')), 20_000).unref())]);
  } catch (error) {
    failed++;
    console.log(`FAILED: ${name}: ${error.stack}`);
  }
}

gateway.stop();
mock.close();
rmSync(work, { recursive: true, force: true });
console.log(`${Object.keys(cases).length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
