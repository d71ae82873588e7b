// numpy's legacy generator, number for number: RandomState(seed) with normal, rand and permutation.
// The Mersenne Twister is that of Matsumoto and Nishimura (1998); Gaussians come in pairs from
// Marsaglia's polar method, in numpy's order: the second of a pair is handed out first.

const SIZE = 624;
const OFFSET = 397;

function twist(state, i, next, other) {
  const bits = (state[i] & 0x80000000) | (state[next] & 0x7fffffff);
  state[i] = state[other] ^ (bits >>> 1) ^ (bits & 1 ? 0x9908b0df : 0);
}

export class RandomState {
  constructor(seed) {
    this.state = new Uint32Array(SIZE);
    this.state[0] = seed;
    for (let i = 1; i < SIZE; i++) {
      const last = this.state[i - 1];
      this.state[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i;
    }
    this.used = SIZE;
    this.spare = NaN;
  }

  // A whole number from 0 to 2**32 - 1.
  word() {
    if (this.used === SIZE) {
      for (let i = 0; i < SIZE; i++) twist(this.state, i, (i + 1) % SIZE, (i + OFFSET) % SIZE);
      this.used = 0;
    }
    let bits = this.state[this.used++];
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    return (bits ^ (bits >>> 18)) >>> 0;
  }

  // A number in [0, 1) with 53 random bits.
  uniform() {
    const high = this.word() >>> 5;
    return (high * 2 ** 26 + (this.word() >>> 6)) / 2 ** 53;
  }

  // A standard normal number.
  gauss() {
    if (!Number.isNaN(this.spare)) {
      const second = this.spare;
      this.spare = NaN;
      return second;
    }
    let x, y, square;
    do {
      x = 2 * this.uniform() - 1;
      y = 2 * this.uniform() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    this.spare = factor * x;
    return factor * y;
  }

  // A whole number from 0 to `largest`: bits under a mask, drawn again while they exceed it.
  upTo(largest) {
    const mask = 2 ** (32 - Math.clz32(largest)) - 1;
    let drawn;
    do drawn = this.word() & mask;
    while (drawn > largest);
    return drawn;
  }

  // The numbers 0 to n - 1, shuffled.
  permutation(n) {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.upTo(i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
}
