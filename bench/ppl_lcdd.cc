// Converts a polyhedron in the format of cddlib with the Parma Polyhedra
// Library: constraints to minimized generators, or generators to minimized
// constraints. It measures what the demo ppl_lcdd of that library measures.
//
//   g++ -O2 -o ppl_lcdd ppl_lcdd.cc -lppl -lgmpxx -lgmp
//   ppl_lcdd FILE
//
// It reads what the benchmark writes: one representation line, an optional
// linearity line, begin, "m d type", integers, end. It prints the size of the
// result and then one row per line, integers, equations or lines marked "=".
#include <fstream>
#include <iostream>
#include <set>
#include <string>
#include <ppl.hh>

using namespace Parma_Polyhedra_Library;

static int fail(const char *message) {
  std::cerr << "ppl_lcdd: " << message << "\n";
  return 2;
}

template <typename Row>
static void print(const Row &row, dimension_type dim, const Coefficient &constant, bool linear) {
  std::cout << (linear ? "= " : "") << constant;
  for (dimension_type i = 0; i < dim; ++i)
    std::cout << ' ' << row.coefficient(Variable(i));
  std::cout << '\n';
}

int main(int argc, char **argv) {
  if (argc != 2) return fail("expected one file");
  std::ifstream in(argv[1]);
  std::ios::sync_with_stdio(false);
  std::string word, type;
  bool generators = false;
  std::set<long> linear;
  while (in >> word && word != "begin") {
    if (word == "V-representation") generators = true;
    if (word == "linearity") {
      long count, row;
      in >> count;
      while (count-- > 0 && in >> row) linear.insert(row);
    }
  }
  long m, d;
  if (!(in >> m >> d >> type) || d < 1) return fail("no size line");
  dimension_type dim = d - 1;
  Constraint_System rows;
  Generator_System points;
  bool vertex = false;
  for (long i = 1; i <= m; ++i) {
    mpz_class constant, x;
    Linear_Expression e;
    if (!(in >> constant)) return fail("expected an integer");
    for (long j = 1; j < d; ++j) {
      if (!(in >> x)) return fail("expected an integer");
      if (x != 0) add_mul_assign(e, x, Variable(j - 1));
    }
    e.set_space_dimension(dim);
    if (!generators) {
      e += constant;
      if (linear.count(i)) rows.insert(e == 0);
      else rows.insert(e >= 0);
    } else if (linear.count(i)) {
      points.insert(line(e));
    } else if (constant == 0) {
      points.insert(ray(e));
    } else {
      points.insert(point(e, constant));
      vertex = true;
    }
  }
  if (generators) {
    if (!vertex && m > 0) points.insert(point());
    C_Polyhedron p(dim, EMPTY);
    if (m > 0) p = C_Polyhedron(points);
    if (p.space_dimension() < dim) p.add_space_dimensions_and_project(dim - p.space_dimension());
    const Constraint_System &result = p.minimized_constraints();
    long n = std::distance(result.begin(), result.end());
    std::cout << n << '\n';
    for (const Constraint &c : result) print(c, dim, c.inhomogeneous_term(), c.is_equality());
    return 0;
  }
  C_Polyhedron p(dim, UNIVERSE);
  p.add_constraints(rows);
  const Generator_System &result = p.minimized_generators();
  long n = std::distance(result.begin(), result.end());
  std::cout << n << '\n';
  for (const Generator &g : result)
    print(g, dim, g.is_point() ? g.divisor() : Coefficient(0), g.is_line());
  return 0;
}
