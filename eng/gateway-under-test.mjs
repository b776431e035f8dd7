// What the checks that run under Node share: a package from npm in the cache, and a gateway on a free port.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Imports a package of npm, installed into the cache first; ends the process where that can't be done, or was all that was asked (--install). */
export async function fromNpm(name, version, file) {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'claude-gateway', `${name}-${version}`);
  const entry = join(folder, 'node_modules', name, file);
  if (!existsSync(entry)) {
    try {
      mkdirSync(folder, { recursive: true });
      execFileSync('npm', ['install', '--silent', '--ignore-scripts', '--prefix', folder, `${name}@${version}`], { stdio: 'pipe' });
    } catch (error) {
      console.log(`${name} could not be installed: ${error.message.split('\n')[0]}`);
      process.exit(1);
    }
  }

  if (process.argv[2] === '--install') {
    process.exit(0);
  }

  return import(pathToFileURL(entry));
}

function freePort() {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts the gateway and waits until it listens. It ends with this process, whatever happens to that. */
export async function startGateway(binary, config, env = {}) {
  const port = await freePort();
  const gateway = spawn(binary, ['--config', config, '--port', String(port)], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  process.on('exit', () => gateway.kill('SIGKILL'));
  await new Promise((resolve, reject) => {
    gateway.on('exit', code => reject(new Error(`the gateway ended with ${code}`)));
    gateway.stdout.on('data', data => String(data).includes('listening') && resolve());
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => gateway.removeAllListeners('exit').kill() };
}
