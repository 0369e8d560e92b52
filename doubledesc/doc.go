// Package doubledesc converts polyhedral cones between rows and generators by
// the double description method, exactly.
package doubledesc
