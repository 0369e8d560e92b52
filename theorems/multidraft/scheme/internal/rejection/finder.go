package rejection

import "slices"

// A finder counts how many numbers of a list are below another, as often as wanted: buckets of equal length say between which places it is.
type finder struct {
	list  []float64 // ascending
	from  float64
	scale float64
	at    []int32 // how many are below the lower end of a bucket, about
}

// mostBuckets have the places of a large list.
const mostBuckets = 1 << 15

// newFinder is for numbers of a list that are looked for between from and to, mostly.
func newFinder(list []float64, from, to float64) finder {
	f := finder{list: list, from: from}
	buckets := min(mostBuckets, 4*len(list))
	f.scale = float64(buckets) / max(to-from, 0x1p-40)
	for j := range buckets + 1 {
		place, _ := slices.BinarySearch(list, from+float64(j)/f.scale)
		f.at = append(f.at, int32(place))
	}
	return f
}

// count is how many are below x. Whatever the bucket says, the neighbours of the place decide.
func (f *finder) count(x float64) int {
	low, high := 0, len(f.list)
	if b := (x - f.from) * f.scale; b >= 0 && b < float64(len(f.at)-1) {
		low, high = int(f.at[int(b)]), int(f.at[int(b)+1])
	}
	for low < high {
		middle := int(uint(low+high) / 2)
		if f.list[middle] < x {
			low = middle + 1
		} else {
			high = middle
		}
	}
	for low < len(f.list) && f.list[low] < x {
		low++
	}
	for low > 0 && f.list[low-1] >= x {
		low--
	}
	return low
}
