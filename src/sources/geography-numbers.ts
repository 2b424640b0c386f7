/** Millions of numbers in eight bytes each: which postcodes a file holds. */
export class Numbers {
  #all = new Float64Array(1 << 16)
  #count = 0

  add(number: number): void {
    if (this.#count === this.#all.length) {
      const larger = new Float64Array(Math.ceil(this.#all.length * 1.5))
      larger.set(this.#all)
      this.#all = larger
    }
    this.#all[this.#count++] = number
  }

  /** Puts them in order, after which they can be looked for. Answers with one that is there twice. */
  sort(): number | undefined {
    this.#all = this.#all.subarray(0, this.#count).sort()
    return this.#all.find((number, index) => index > 0 && this.#all[index - 1] === number)
  }

  has(wanted: number): boolean {
    let low = 0
    let high = this.#count - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const found = this.#all[middle] ?? 0
      if (found === wanted) return true
      if (found < wanted) low = middle + 1
      else high = middle - 1
    }
    return false
  }
}
