package polyhedra

// ddLong is what "verify dd -h" says before the flags.
const ddLong = `Converts a polyhedron, by default in the format of cddlib and lrs, .ine and .ext: an H-representation to its
vertices, rays and lines, a V-representation to its facets and equations. The
result is exact, minimal, and written in one canonical order; it does not depend
on -order or -j. "-" is standard input.

Files named .poi and .ieq are read as PORTA's, .in as Normaliz's, .json as what -json
writes, .csv, .tsv, .txt and .mat as plain matrices, whose rows -convention explains:
b+A (b + A·x >= 0), A<=b, A>=b (b last), points, rays, 1x (as in .ext), or flux, a
stoichiometric matrix, a column for each reaction. -reversible names the reactions
that run both ways: each is split into two, and the modes are folded back, or with
-eliminate-reversible lines its bound is left out, and the cone may have lines.
-from has a format in place of that of the name, -to writes one: a matrix by b+A or 1x,
with two rows for an equation or a line.

Numbers are read exactly, decimals of "real" files included. The options
linearity, equality, partial_enumeration, hull, nonnegative (before begin, as in
lrs) and those that name an order of rows are honoured; others, and lines that
are no options, are said to be ignored on standard error, and so is any honoured
one that cddlib or lrs would ignore. The row 1 >= 0 ("1 0 ... 0"), which cddlib
and lrs print for unbounded polyhedra, is left out; a cone has its apex among the
vertices.

By default the program walks from basis to basis as long as rays have few of them,
as those of simple polyhedra do, and takes in row by row (double description)
otherwise; -v says which it was. -method pivot or dd has one of them, if possible:
a walk takes numbers of up to two words.

With -o the result goes to the file and one line about it to standard output.
Every generator is checked against every row and for extremality, and that none is
missing is proved from the incidences, apart from the conversion. Where the proof
would cost more than about half of the conversion, standard error and the
"completeness" of -json say "not checked". -v gives both times.

-verify reads back what is about to be written and checks it against the input:
every generator against every row, extremality, and completeness, which it proves
however long that takes, or by converting back. If a check fails, nothing is written
and the exit status is 4.

-symmetry finds the symmetries of the description: affine maps that permute its rows. It works
on orbits of them, and writes one row of each, how many rows that stands for, and
symmetries that generate all; with -all-rows it writes all rows. This is the way for polytopes
that are far too large to be converted in one piece, such as those of cuts, metrics,
orders and Bell inequalities; go doc ./doubledesc/orbits explains.

-state keeps the rays found so far in a folder, for at most a twentieth of the time, and goes on
from there when the same command is run again; the bytes that come out are the same. With -symmetry it keeps what
is known of each orbit, and any number of runs, on any number of machines, share the work.

-certificate writes what proves to the checker that rows and generators are of one polyhedron: that
each generator has the rows, and that nothing is missing, by generating the cone of the generators again,
plainly. Where that is beyond the checker's limits only the first is certified, and the
theorem says so. With -symmetry it is the first of what is printed, of one row of each
orbit, which is there where a certificate of all rows would be too long.
certcheck -against compares it with the .ine or the .ext file.

-adjacency and -incidence add lists as comments after the end of the result:
"generator (or row) number, how many, which". Rows of the linearity of the result
are not listed; those of the input are tight everywhere, and are. Adjacency with
the row 1 >= 0, the facet at infinity, is left out like that row itself.`
